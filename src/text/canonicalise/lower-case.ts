import { type MappedText, mapCodePoints } from '../mapped-text.js'

const lowerCodePoint = (codePoint: number): number => {
  if (codePoint < 0x80) return codePoint >= 0x41 && codePoint <= 0x5a ? codePoint + 0x20 : codePoint
  // East Asian scripts and private use have no case.
  if (codePoint >= 0x2e80 && codePoint <= 0xa63f) return codePoint
  if (codePoint >= 0xac00 && codePoint <= 0xfaff) return codePoint
  return String.fromCodePoint(codePoint).toLowerCase().codePointAt(0) ?? codePoint
}

/** Lower case, one code point for one. */
export const lowerCase = (text: MappedText): MappedText => mapCodePoints(text, lowerCodePoint)
