import { type Disguise, spanAttacks } from './attack.js'
import { changeSome, jamoOf, mapSyllables, putTogether, takeApart } from './letters.js'

export const jamoSplit: Disguise = (span) => Array.from(span, (letter) => jamoOf(letter).join('')).join('')

/** One syllable in pieces: ㅅㅣ발. */
export const jamoOne: Disguise = (span, random) =>
  changeSome(span, random, 0, (letter) => jamoOf(letter).join(''))

/** The coda left behind its syllable: 시바ㄹ. */
export const jamoTail: Disguise = (span, random) =>
  changeSome(span, random, 0.2, (letter) => {
    const parts = takeApart(letter)
    return parts === null || parts.coda === '' ? null : putTogether({ ...parts, coda: '' }) + parts.coda
  })

const jamoSpaced: Disguise = (span, random) => {
  const gap = random.pick([' ', ' ', '.', '-'])
  return span
    .split(' ')
    .map((word) => Array.from(word).flatMap(jamoOf).join(gap))
    .join(gap === ' ' ? '  ' : ' ')
}

const decomposed: Disguise = (span) => span.normalize('NFD')

const HALF_WIDTH = new Map(
  [
    ['ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', 0xffa1],
    ['ㅏㅐㅑㅒㅓㅔ', 0xffc2],
    ['ㅕㅖㅗㅘㅙㅚ', 0xffca],
    ['ㅛㅜㅝㅞㅟㅠ', 0xffd2],
    ['ㅡㅢㅣ', 0xffda],
  ].flatMap(([letters, first]) =>
    Array.from(String(letters), (letter, index) => [letter, String.fromCodePoint(Number(first) + index)]),
  ) as readonly (readonly [string, string])[],
)

const halfWidth: Disguise = (span) =>
  Array.from(span, (letter) =>
    jamoOf(letter)
      .map((jamo) => HALF_WIDTH.get(jamo) ?? jamo)
      .join(''),
  ).join('')

const ENCLOSED_CONSONANTS = Array.from('ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ')
const ENCLOSED_SYLLABLES = Array.from('가나다라마바사아자차카타파하')

/** ㉦ㅣ㉥ㅏㄹ or ㈆ㅣ㈅ㅏㄹ: what has a circle (or brackets) in Unicode, and plain jamo for the rest. */
const enclosed: Disguise = (span, random) => {
  const first = random.pick([0x3260, 0x3200])
  return mapSyllables(span, ({ onset, vowel, coda }, letter) => {
    const whole = ENCLOSED_SYLLABLES.indexOf(putTogether({ onset, vowel, coda: '' }))
    const single = ENCLOSED_CONSONANTS.indexOf(onset)
    if (whole >= 0) return String.fromCodePoint(first + 14 + whole) + coda
    return single < 0 ? letter : String.fromCodePoint(first + single) + vowel + coda
  })
}

export const JAMO = spanAttacks(1, 'jamo forms', {
  jamo_split: jamoSplit,
  jamo_one: jamoOne,
  jamo_tail: jamoTail,
  jamo_spaced: jamoSpaced,
  nfd: decomposed,
  halfwidth_jamo: halfWidth,
  enclosed_jamo: enclosed,
})

/** Most people shorten short words only: nobody would read the initials of a long one. */
const MAX_INITIALS = 4

export const chosungFull: Disguise = (span) =>
  span
    .split(' ')
    .map((word) => (Array.from(word).length > MAX_INITIALS ? word : mapSyllables(word, ({ onset }) => onset)))
    .join(' ')

export const chosungPartial: Disguise = (span, random) => {
  const changed = changeSome(span, random, 0.15, (letter) => takeApart(letter)?.onset ?? null)
  return Array.from(changed).some((letter) => takeApart(letter) !== null) ? changed : span
}

export const INITIALS = spanAttacks(2, 'initials', {
  chosung_full: chosungFull,
  chosung_partial: chosungPartial,
})
