import type { Random } from '../../../../src/sources/demo/random.js'

const FIRST = 0xac00
const LAST = 0xd7a3
export const ONSETS = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ')
export const VOWELS = Array.from('ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ')
export const CODAS = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ']

/** A syllable as the jamo that people type; `coda` may be empty. */
export interface Syllable {
  readonly onset: string
  readonly vowel: string
  readonly coda: string
}

export const takeApart = (letter: string): Syllable | null => {
  const code = letter.codePointAt(0) ?? 0
  if (code < FIRST || code > LAST) return null
  const index = code - FIRST
  return {
    onset: ONSETS[Math.floor(index / 588)] ?? '',
    vowel: VOWELS[Math.floor(index / 28) % 21] ?? '',
    coda: CODAS[index % 28] ?? '',
  }
}

export const putTogether = ({ onset, vowel, coda }: Syllable): string =>
  String.fromCodePoint(
    FIRST + (ONSETS.indexOf(onset) * 21 + VOWELS.indexOf(vowel)) * 28 + CODAS.indexOf(coda),
  )

export const isSyllable = (letter: string): boolean => takeApart(letter) !== null
export const jamoOf = (letter: string): readonly string[] => {
  const parts = takeApart(letter)
  return parts === null ? [letter] : [parts.onset, parts.vowel, ...(parts.coda === '' ? [] : [parts.coda])]
}

const SPACE = /\s/u
/** Combining marks and joiners belong to what stands before them. */
const ATTACHED = /^[\p{M}\u200d]$/u

/** Changes every syllable; other letters stay. */
export const mapSyllables = (span: string, change: (syllable: Syllable, letter: string) => string): string =>
  Array.from(span, (letter) => {
    const parts = takeApart(letter)
    return parts === null ? letter : change(parts, letter)
  }).join('')

/**
 * Changes some letters for which `change` has an answer: one at least, each of the others with `share`.
 * The same string when there is none.
 */
export const changeSome = (
  span: string,
  random: Random,
  share: number,
  change: (letter: string, index: number) => string | null,
): string => {
  const letters = Array.from(span)
  const changed = letters.map((letter, index) => change(letter, index))
  const places = letters.flatMap((letter, index) => {
    const to = changed[index]
    return to !== null && to !== undefined && to !== letter ? [index] : []
  })
  if (places.length === 0) return span
  const sure = random.pick(places)
  const isPlace = new Set(places)
  return letters
    .map((letter, index) =>
      isPlace.has(index) && (index === sure || random.chance(share)) ? (changed[index] ?? letter) : letter,
    )
    .join('')
}

/** Puts `mark()` between letters of the same word: into one gap at least, into each of the others with `share`. */
export const fillGaps = (span: string, random: Random, share: number, mark: () => string): string => {
  const letters = Array.from(span)
  const gaps = letters.flatMap((letter, index) => {
    const before = letters[index - 1]
    const isGap = before !== undefined && !SPACE.test(before) && !SPACE.test(letter) && !ATTACHED.test(letter)
    return isGap ? [index] : []
  })
  if (gaps.length === 0) return span
  const sure = random.pick(gaps)
  const isGap = new Set(gaps)
  return letters
    .map((letter, index) =>
      isGap.has(index) && (index === sure || random.chance(share)) ? mark() + letter : letter,
    )
    .join('')
}

/** Appends `mark()` to every letter that is not a space. */
export const afterEach = (span: string, mark: () => string): string =>
  Array.from(span, (letter) => (SPACE.test(letter) ? letter : letter + mark())).join('')
