export const LETTER = 1
export const NUMBER = 2
export const MARK = 4
/** Punctuation too. */
export const SYMBOL = 8
/** Also when it is shown as text: ❤, ☀. */
export const EMOJI = 16
/** Spaces, marks, controls, what is invisible; emotes and links, which are private-use code points here. */
export const UNSEEN = 32
const KNOWN = 64

const PATTERNS: readonly (readonly [number, RegExp])[] = [
  [LETTER, /\p{L}/u],
  [NUMBER, /\p{N}/u],
  [MARK, /\p{M}/u],
  [SYMBOL, /[\p{P}\p{S}]/u],
  [EMOJI, /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u],
  [UNSEEN, /[\s\p{M}\p{C}]/u],
]

const classify = (codePoint: number): number => {
  const character = String.fromCodePoint(codePoint)
  return PATTERNS.reduce((bits, [bit, pattern]) => (pattern.test(character) ? bits | bit : bits), KNOWN)
}

// Filled as code points are seen, since a pattern costs fifty times as much as a look here.
const seen = new Uint8Array(0x20000)

/** Which of the above a code point is, as bits. */
export const classOf = (codePoint: number): number => {
  if (codePoint >= seen.length) return classify(codePoint)
  const known = seen[codePoint]
  if (known !== undefined && known !== 0) return known
  const bits = classify(codePoint)
  seen[codePoint] = bits
  return bits
}

export const isOf = (codePoint: number, bits: number): boolean => (classOf(codePoint) & bits) !== 0
