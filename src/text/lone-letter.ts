import { rememberTest } from './code-point-memo.js'
import { isJamo, isSyllable, leadIndex, vowelIndex } from './hangul.js'
import type { MappedText } from './mapped-text.js'
import { isSpecial, SPECIAL } from './special-tokens.js'

const LETTER = /\p{L}/u
const DIGIT = /\p{N}/u
const isLetter = rememberTest((codePoint) => LETTER.test(String.fromCodePoint(codePoint)))
const isDigit = rememberTest((codePoint) => DIGIT.test(String.fromCodePoint(codePoint)))

type Kind = 'mark' | 'letter' | 'other'

// Marks, spaces, emoji and emotes say nothing about a letter; a mention, a link and a digit do.
const kindOfRare = (codePoint: number): Kind => {
  if (isSpecial(codePoint)) return codePoint === SPECIAL.emote ? 'mark' : 'other'
  if (isDigit(codePoint)) return 'other'
  return isLetter(codePoint) ? 'letter' : 'mark'
}

const ASCII: readonly Kind[] = Array.from({ length: 0x80 }, (_, codePoint) => kindOfRare(codePoint))

const kindOf = (codePoint: number): Kind => {
  if (isSyllable(codePoint)) return 'letter'
  // ㅄ and ㄳ stand for two letters.
  if (isJamo(codePoint)) return leadIndex(codePoint) >= 0 || vowelIndex(codePoint) >= 0 ? 'letter' : 'other'
  return ASCII[codePoint] ?? kindOfRare(codePoint)
}

/**
 * True for one letter, repeated or not, among marks (`시`, `시!`, `ㅗㅗ`, `발 ~`): as likely a piece of a word
 * as a word, so the model is not asked. No letter at all, and digits, are not one letter.
 */
export const isLoneLetter = ({ codePoints }: MappedText): boolean => {
  let letter: number | undefined
  for (const codePoint of codePoints) {
    if (codePoint === letter) continue
    const kind = kindOf(codePoint)
    if (kind === 'mark') continue
    if (kind === 'other' || letter !== undefined) return false
    letter = codePoint
  }
  return letter !== undefined
}
