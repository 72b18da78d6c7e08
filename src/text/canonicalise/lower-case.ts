import { rememberChange } from '../code-point-memo.js'
import { type MappedText, mapCodePoints } from '../mapped-text.js'
import { isUpper } from './letters.js'

// Ranges of scripts and symbols without case, so that most text needs no look-up.
const isCaseless = (codePoint: number): boolean =>
  (codePoint >= 0x590 && codePoint < 0x10a0) ||
  (codePoint >= 0x1100 && codePoint < 0x13a0) ||
  (codePoint >= 0x2190 && codePoint < 0x24b6) ||
  (codePoint >= 0x24ea && codePoint < 0x2c00) ||
  (codePoint >= 0x2e80 && codePoint < 0xa640) ||
  (codePoint >= 0xac00 && codePoint < 0xfb00) ||
  (codePoint >= 0x1f000 && codePoint < 0xe0000)

const lowerRare = rememberChange((codePoint) => {
  const lower = String.fromCodePoint(codePoint).toLowerCase().codePointAt(0)
  return lower === codePoint ? undefined : lower
})

const lowerCodePoint = (codePoint: number): number => {
  if (codePoint < 0x80) return isUpper(codePoint) ? codePoint + 0x20 : codePoint
  if (isCaseless(codePoint)) return codePoint
  return lowerRare(codePoint) ?? codePoint
}

/** Lower case, one code point for one. */
export const lowerCase = (text: MappedText): MappedText => mapCodePoints(text, lowerCodePoint)
