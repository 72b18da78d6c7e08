import { cut, edited, editOf } from '../edit.js'
import { isSyllable, syllableOf } from '../hangul.js'
import { codePointAt, type MappedText, type Range, type Reading, replaceEach } from '../mapped-text.js'
import { isCommonSyllable } from './common-syllables.js'
import { isDigit, isLatin, isUpper } from './letters.js'
import { rankOf } from './ordinary-syllables.js'
import { has } from './segments.js'

const entries = (list: string): readonly (readonly [string, number])[] =>
  list
    .split(' ')
    .map((entry) => entry.split('='))
    .map(([letters = '', index = '']) => [letters, Number(index)] as const)
    .sort(([a], [b]) => b.length - a.length)

// As people write it rather than as the Revised Romanisation of 2000 has it; indices as in hangul.ts.
const LEADS = entries(
  'g=0 kk=1 gg=1 n=2 d=3 tt=4 dd=4 r=5 l=5 m=6 b=7 v=7 pp=8 bb=8 s=9 sh=9 ss=10 j=12 z=12 jj=13 ch=14 k=15 t=16 p=17 h=18',
)
const VOWELS = entries(
  'a=0 ae=1 ya=2 yae=3 eo=4 e=5 yeo=6 ye=7 o=8 wa=9 wae=10 oe=11 yo=12 u=13 oo=13 wo=14 we=15 wi=16 yu=17 eu=18 ui=19 i=20 ee=20',
)
const CODAS = entries('k=1 g=1 n=4 t=19 d=19 l=8 r=8 m=16 b=17 p=17 s=19 ng=21')
const NO_LEAD = 11
const YU = 17
const YEO = 6
const MAX_LETTERS = 24
const MAX_WORDS = 3

type Found = readonly [letters: string, index: number]

const find = (table: readonly Found[], word: string, at: number): Found | undefined =>
  table.find(([letters]) => word.startsWith(letters, at))

const startsSyllable = (word: string, at: number): boolean =>
  find(VOWELS, word, at) !== undefined ||
  find(VOWELS, word, at + (find(LEADS, word, at)?.[0].length ?? 0)) !== undefined

/** The coda at `at` after which the word ends or goes on with a consonant. */
const codaAt = (word: string, at: number): Found | undefined => {
  if (at >= word.length || startsSyllable(word, at)) return undefined
  return CODAS.find(
    ([letters]) =>
      word.startsWith(letters, at) &&
      (at + letters.length === word.length ||
        (startsSyllable(word, at + letters.length) && find(VOWELS, word, at + letters.length) === undefined)),
  )
}

/** The syllables that romanised Korean spells; none when a letter is left over or one is out of the ordinary. */
const readWord = (word: string): readonly Reading[] | undefined => {
  const syllables: Reading[] = []
  for (let i = 0; i < word.length; ) {
    const lead = find(LEADS, word, i)
    const vowel = find(VOWELS, word, i + (lead?.[0].length ?? 0))
    if (vowel === undefined) return undefined
    const next = i + (lead?.[0].length ?? 0) + vowel[0].length
    const coda = codaAt(word, next)
    // Names have it so: byung, hyun.
    const v = vowel[1] === YU && coda !== undefined ? YEO : vowel[1]
    const codePoint = syllableOf(lead?.[1] ?? NO_LEAD, v, coda?.[1] ?? 0)
    if (!isCommonSyllable(codePoint)) return undefined
    const end = next + (coda?.[0].length ?? 0)
    syllables.push({ codePoint, length: end - i })
    i = end
  }
  return syllables
}

const isLower = (codePoint: number): boolean => isLatin(codePoint) && !isUpper(codePoint)
const isLinking = (codePoint: number): boolean => isDigit(codePoint) || codePoint === 0x5f

const touchesHangul = (text: MappedText, { start, end }: Range): boolean =>
  isSyllable(codePointAt(text, start - 1)) || isSyllable(codePointAt(text, end))

const wordsOf = (text: MappedText): readonly Range[] => {
  const words: Range[] = []
  for (let start = 0; start < text.codePoints.length; ) {
    let end = start
    while (isLatin(codePointAt(text, end))) end += 1
    if (end > start) words.push({ start, end })
    start = Math.max(end, start + 1)
  }
  return words
}

// OO and XX stand for what is not said.
const isRun = (text: MappedText, { start, end }: Range): boolean =>
  !has(text, { start, end }, (codePoint) => codePoint !== codePointAt(text, start))

const readAt = (text: MappedText, { start, end }: Range): readonly Reading[] | undefined =>
  end - start > 1 && end - start <= MAX_LETTERS && !isRun(text, { start, end })
    ? readWord(String.fromCharCode(...text.codePoints.slice(start, end)).toLowerCase())
    : undefined

// The name of an emote (yeonHello, hello1): a capital behind the first letter, a digit or underscore beside it.
const isName = (text: MappedText, { start, end }: Range): boolean =>
  (has(text, { start: start + 1, end }, isUpper) && has(text, { start, end }, isLower)) ||
  [codePointAt(text, start - 1), codePointAt(text, end)].some(isLinking)

const isWhole = (syllables: readonly Reading[]): boolean =>
  syllables.length > 1 && syllables.every(({ codePoint }) => rankOf(codePoint) >= 0)

/** What is read of each word: inside Korean any, else only where all the Latin there is reads as Korean. */
const readingsOf = (
  text: MappedText,
  words: readonly Range[],
): readonly (readonly Reading[] | undefined)[] => {
  const limit = text.codePoints.some(isSyllable) ? MAX_WORDS : 1
  const isFew = words.length <= limit && !words.some((word) => isName(text, word))
  const readings = words.map((word) => (isFew || touchesHangul(text, word) ? readAt(text, word) : undefined))
  const isAllRead = isFew && readings.every((syllables) => syllables !== undefined)
  return readings.map((syllables, i) => {
    const word = words[i]
    const isMixed = word !== undefined && touchesHangul(text, word)
    return isMixed || (isAllRead && syllables !== undefined && isWhole(syllables)) ? syllables : undefined
  })
}

const hasLatin = (text: MappedText): boolean => {
  for (let i = 1; i < text.codePoints.length; i += 1)
    if (isLatin(codePointAt(text, i)) && isLatin(codePointAt(text, i - 1))) return true
  return false
}

/** Reads Latin letters that spell Korean syllables, inside a Korean word (시bal) or as words (ssibal). */
export const readRomanised = (text: MappedText): MappedText => {
  if (!hasLatin(text)) return text
  const words = wordsOf(text)
  const readings = readingsOf(text, words)
  const edit = editOf(text)
  for (const [i, { start, end }] of words.entries()) {
    const syllables = readings[i]
    if (syllables === undefined) continue
    replaceEach(cut(edit, start, end), text, syllables, start)
  }
  return edited(edit)
}
