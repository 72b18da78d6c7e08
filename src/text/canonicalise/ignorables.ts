import { rememberTest } from '../code-point-memo.js'
import { filterCodePoints } from '../edit.js'
import type { MappedText } from '../mapped-text.js'

/**
 * Format characters (those of direction among them), variation selectors, tags, grapheme joiners, soft hyphens, Hangul
 * fillers and the blank braille pattern: nothing to see. Controls too, but for the line breaks and tabs.
 */
const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]|(?![\t-\r\u0085])\p{Cc}/u
const isVisible = rememberTest((codePoint) => !IGNORABLE.test(String.fromCodePoint(codePoint)))

/** Drops what cannot be seen. Comes before NFKC, which would turn fillers into a jamo. */
export const dropIgnorables = (text: MappedText): MappedText => filterCodePoints(text, isVisible)
