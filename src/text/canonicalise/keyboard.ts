import { cut, edited, editOf } from '../edit.js'
import { codaIndex, isSyllable, joinCodas, joinVowels, leadIndex, syllableOf, vowelIndex } from '../hangul.js'
import { codePointAt, type MappedText, type Reading, replace, replaceEach } from '../mapped-text.js'
import { isCommonSyllable } from './common-syllables.js'
import { isEnglishOnKeys } from './english-on-keys.js'
import { decodeInitialKeys } from './initials-on-keys.js'
import { jamoOf, jamoOn } from './keyboard-layout.js'
import { isDigit, isLatin, isUpper, setOf } from './letters.js'
import { rankOf } from './ordinary-syllables.js'

const MIN_KEYS = 3
/** Behind a syllable of the same word (그to끼, 미친놈dk). */
const MIN_KEYS_IN_WORD = 2
const MAX_KEYS = 40
const LAUGH = 0x314b

const isLinking = (codePoint: number): boolean => isDigit(codePoint) || codePoint === 0x5f
const isWordPart = (codePoint: number): boolean => isLatin(codePoint) || isLinking(codePoint)

const isVowelAt = (jamo: readonly number[], i: number): boolean => vowelIndex(jamo[i] ?? 0) >= 0

// The longest coda at `i` that leaves the onset of the next syllable.
const codaAt = (jamo: readonly number[], i: number): { index: number; keys: number } => {
  const pair = isVowelAt(jamo, i + 2) ? -1 : joinCodas(jamo[i] ?? 0, jamo[i + 1] ?? 0)
  if (pair >= 0) return { index: codaIndex(pair), keys: 2 }
  const single = isVowelAt(jamo, i + 1) ? -1 : codaIndex(jamo[i] ?? 0)
  return single > 0 ? { index: single, keys: 1 } : { index: 0, keys: 0 }
}

/** The syllables that the 2-beolsik layout types for `keys` (ASCII letters); none if a jamo is left over. */
export const decodeKeys = (keys: readonly number[]): readonly Reading[] | undefined => {
  const jamo = jamoOf(keys)
  if (jamo === undefined) return undefined
  const syllables: Reading[] = []
  for (let i = 0; i < jamo.length; ) {
    const lead = leadIndex(jamo[i] ?? 0)
    if (lead < 0 || !isVowelAt(jamo, i + 1)) return undefined
    const compound = joinVowels(jamo[i + 1] ?? 0, jamo[i + 2] ?? 0)
    const vowel = compound >= 0 ? compound : (jamo[i + 1] ?? 0)
    const next = i + (compound >= 0 ? 3 : 2)
    const coda = codaAt(jamo, next)
    const end = next + coda.keys
    syllables.push({ codePoint: syllableOf(lead, vowelIndex(vowel), coda.index), length: end - i })
    i = end
  }
  return syllables
}

const LAUGH_KEYS = setOf('zZ')

/** Whole, ordinary syllables, and then perhaps laughter (z is ㅋ), which stays for the caller. */
const decodeWhole = (keys: readonly number[]): readonly Reading[] | undefined => {
  let end = keys.length
  while (LAUGH_KEYS.has(keys[end - 1] ?? 0)) end -= 1
  const syllables = decodeKeys(keys) ?? (end >= MIN_KEYS ? decodeKeys(keys.slice(0, end)) : undefined)
  return syllables?.every(({ codePoint }) => isCommonSyllable(codePoint)) ? syllables : undefined
}

// A phone makes the first letter a capital: Q is ㅃ only where that begins a syllable that people write.
const decodeSmall = (keys: readonly number[]): readonly Reading[] | undefined => {
  const [first = 0, ...rest] = keys
  return isUpper(first) && !isUpper(rest[0] ?? 0) ? decodeWhole([first + 0x20, ...rest]) : undefined
}

const decodeWord = (keys: readonly number[]): readonly Reading[] | undefined => {
  const whole = decodeWhole(keys)
  const first = whole?.[0]?.codePoint
  const typed = first !== undefined && rankOf(first) >= 0 ? whole : (decodeSmall(keys) ?? whole)
  return typed === undefined || isEnglishOnKeys(keys) ? undefined : typed
}

// part1Name, a_b: an identifier, an emote of an extension.
const isIdentifier = (text: MappedText, from: number, to: number): boolean =>
  (isLinking(codePointAt(text, from - 1)) && isWordPart(codePointAt(text, from - 2))) ||
  (isLinking(codePointAt(text, to)) && isWordPart(codePointAt(text, to + 1)))

/** True for the keys of a consonant and a vowel, which every syllable begins with. */
const mayBegin = (first: number, second: number): boolean =>
  leadIndex(jamoOn(first | 0x20)) >= 0 && vowelIndex(jamoOn(second | 0x20)) >= 0

const decodeRange = (text: MappedText, from: number, to: number): readonly Reading[] | undefined => {
  if (to - from > MAX_KEYS || to - from < MIN_KEYS_IN_WORD || isIdentifier(text, from, to)) return undefined
  if (!mayBegin(codePointAt(text, from), codePointAt(text, from + 1))) return undefined
  const keys = text.codePoints.slice(from, to)
  if (to - from >= MIN_KEYS) return decodeWord(keys)
  return isSyllable(codePointAt(text, from - 1)) && !keys.every(isUpper) ? decodeWhole(keys) : undefined
}

const hasWord = (text: MappedText): boolean => {
  let letters = 0
  for (let i = 0; i < text.codePoints.length && letters < MIN_KEYS_IN_WORD; i += 1)
    letters = isLatin(codePointAt(text, i)) ? letters + 1 : 0
  return letters >= MIN_KEYS_IN_WORD
}

const decodeWords = (text: MappedText): MappedText => {
  if (!hasWord(text)) return text
  const edit = editOf(text)
  for (let from = 0, to = 0; from < text.codePoints.length; from = to + 1) {
    for (to = from; isLatin(codePointAt(text, to)); ) to += 1
    const syllables = to > from ? decodeRange(text, from, to) : undefined
    if (syllables === undefined) continue
    const draft = cut(edit, from, to)
    // Behind the syllables stand the keys of laughter.
    for (let at = replaceEach(draft, text, syllables, from); at < to; at += 1)
      replace(draft, text, LAUGH, at, at + 1)
  }
  return edited(edit)
}

/**
 * Latin words that were typed for Korean on the wrong layout (tlqkf -> 시발), when every key finds its place
 * in a whole syllable and the word is not an English one, or the keys are initials before a Korean ending.
 * Case counts, so this reads the text before lower case.
 */
export const decodeKeyboard = (text: MappedText): MappedText =>
  text.codePoints.some(isLatin) ? decodeInitialKeys(decodeWords(text)) : text
