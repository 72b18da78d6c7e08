import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { isLetter } from './characters.js'
import { type FilterText, overShare } from './filter.js'

export interface CapsSettings {
  /** Capitals that a line must have before it counts as shouting. */
  readonly minLetters: number
  /** Of all letters, Hangul included. */
  readonly share: number
}

export const DEFAULT_CAPS: CapsSettings = { minLetters: 20, share: 0.7 }

const isUpper = (codePoint: number): boolean =>
  (codePoint >= 0x41 && codePoint <= 0x5a) ||
  (codePoint >= 0xc0 && codePoint <= 0xde && codePoint !== 0xd7) ||
  (codePoint >= 0xff21 && codePoint <= 0xff3a)

/** HAHAHAHA, LOLOLOL and AAAAA are no words. */
const isLaughter = (word: string): boolean => word.length > 4 && new Set(word).size <= 2

/** Each different word once: KEKW KEKW KEKW is not long. */
const distinctWords = (text: FilterText): ReadonlySet<string> => {
  const words = new Set<string>()
  let word = ''
  for (const codePoint of text) {
    if (isLetter(codePoint)) word += String.fromCodePoint(codePoint)
    else if (word !== '') {
      words.add(word)
      word = ''
    }
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
  for (const word of distinctWords(text)) {
    if (isLaughter(word)) continue
    for (let i = 0; i < word.length; i += 1) {
      // A stretched letter is two.
      if (i > 1 && word[i] === word[i - 1] && word[i] === word[i - 2]) continue
      letters += 1
      if (isUpper(word.charCodeAt(i))) upper += 1
    }
  }
  return upper < minLetters ? null : overShare('caps', upper / letters, share)
}
