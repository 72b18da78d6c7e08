import { isJamo, isSyllable, leadIndex, vowelIndex } from './hangul.js'
import type { MappedText } from './mapped-text.js'
import { isSpecial, SPECIAL } from './special-tokens.js'

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
const DIGIT = /\p{N}/u

/** Marks, spaces, emoji and emotes say nothing about a letter; a mention or a link does. */
const isMark = (codePoint: number): boolean =>
  isSpecial(codePoint)
    ? codePoint === SPECIAL.emote
    : !isSyllable(codePoint) && !LETTER_OR_DIGIT.test(String.fromCodePoint(codePoint))

// ㅄ and ㄳ stand for two letters.
const isOneLetter = (codePoint: number): boolean => {
  if (isSyllable(codePoint)) return true
  if (isSpecial(codePoint) || DIGIT.test(String.fromCodePoint(codePoint))) return false
  return !isJamo(codePoint) || leadIndex(codePoint) >= 0 || vowelIndex(codePoint) >= 0
}

/**
 * True for one letter, repeated or not, among marks (`시`, `시!`, `ㅗㅗ`, `발 ~`): as likely a piece of a word
 * as a word, so the model is not asked. No letter at all, and digits, are not one letter.
 */
export const isLoneLetter = ({ codePoints }: MappedText): boolean => {
  let letter: number | undefined
  for (const codePoint of codePoints) {
    if (codePoint === letter || isMark(codePoint)) continue
    if (letter !== undefined || !isOneLetter(codePoint)) return false
    letter = codePoint
  }
  return letter !== undefined
}
