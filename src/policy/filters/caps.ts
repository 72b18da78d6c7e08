import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { type FilterText, overShare } from './filter.js'

export interface CapsSettings {
  /** Capitals that a line must have before it counts as shouting. */
  readonly minLetters: number
  /** Of all letters, Hangul included. */
  readonly share: number
}

export const DEFAULT_CAPS: CapsSettings = { minLetters: 20, share: 0.7 }

const LETTER = /\p{L}/u
const isUpper = (codePoint: number): boolean =>
  (codePoint >= 0x41 && codePoint <= 0x5a) ||
  (codePoint >= 0xc0 && codePoint <= 0xde && codePoint !== 0xd7) ||
  (codePoint >= 0xff21 && codePoint <= 0xff3a)

/** Each different word once, a stretched letter twice: KEKW KEKW KEKW and NOOOOOO are not long. */
const distinctWords = (text: FilterText): ReadonlySet<string> => {
  const words = new Set<string>()
  let word = ''
  let last = ''
  let before = ''
  for (const codePoint of text) {
    const letter = String.fromCodePoint(codePoint)
    if (!LETTER.test(letter)) {
      words.add(word)
      word = ''
    } else if (letter !== last || letter !== before) word += letter
    before = last
    last = letter
  }
  return words.add(word)
}

/**
 * Shouting: Latin capitals as a share of all letters. Hangul has no case and counts as quiet, so that a
 * product's name in a Korean sentence is no shout.
 */
export const findCaps = (text: FilterText, { minLetters, share }: CapsSettings): FilterEvidence | null => {
  let upper = 0
  let letters = 0
  for (const word of distinctWords(text))
    for (const letter of word) {
      letters += 1
      if (isUpper(letter.codePointAt(0) ?? 0)) upper += 1
    }
  return upper < minLetters ? null : overShare('caps', upper / letters, share)
}
