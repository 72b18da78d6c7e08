import { rememberTest } from '../../text/code-point-memo.js'

const rememberPattern = (pattern: RegExp) =>
  rememberTest((codePoint) => pattern.test(String.fromCodePoint(codePoint)))

export const isLetter = rememberPattern(/\p{L}/u)
export const isNumber = rememberPattern(/\p{N}/u)
export const isMark = rememberPattern(/\p{M}/u)
/** Punctuation too. */
export const isSymbol = rememberPattern(/[\p{P}\p{S}]/u)
/** Also when it is shown as text: ❤, ☀. */
export const isEmoji = rememberPattern(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u)
/** Spaces, marks, controls, what is invisible; emotes and links, which are private-use code points here. */
export const isUnseen = rememberPattern(/[\s\p{M}\p{C}]/u)
