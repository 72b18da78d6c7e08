import { rememberTest } from '../code-point-memo.js'
import { filterCodePoints } from '../edit.js'
import type { MappedText } from '../mapped-text.js'

/**
 * Format characters, variation selectors, tags, grapheme joiners, soft hyphens, Hangul fillers and the blank
 * braille pattern: nothing to see. Controls too, but for the line breaks and tabs.
 */
const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]|(?![\t-\r\u0085])\p{Cc}/u
const isIgnorable = rememberTest((codePoint) => IGNORABLE.test(String.fromCodePoint(codePoint)))

// Ranges without a single one, so that common text needs no pattern.
const isCommon = (codePoint: number): boolean =>
  (codePoint >= 0x20 && codePoint < 0x7f) ||
  (codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
  (codePoint >= 0x2e80 && codePoint <= 0x3163) ||
  (codePoint >= 0x1f300 && codePoint <= 0x1faff)

/** Drops what cannot be seen. Comes before NFKC, which would turn fillers into a jamo. */
export const dropIgnorables = (text: MappedText): MappedText =>
  filterCodePoints(text, (codePoint) => isCommon(codePoint) || !isIgnorable(codePoint))
