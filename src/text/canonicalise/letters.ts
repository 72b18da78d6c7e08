import { type CodePointMap, type CodePointSet, codePointMap, codePointSet } from '../code-point-table.js'

export const SPACE = 0x20

export const isSpace = (codePoint: number): boolean => codePoint === SPACE
export const isDigit = (codePoint: number): boolean => codePoint >= 0x30 && codePoint <= 0x39
export const isUpper = (codePoint: number): boolean => codePoint >= 0x41 && codePoint <= 0x5a
export const isLatin = (codePoint: number): boolean =>
  (codePoint >= 0x61 && codePoint <= 0x7a) || isUpper(codePoint)

/** The code points of `letters`, which are in the basic plane. */
export const setOf = (letters: string): CodePointSet =>
  codePointSet(Array.from(letters, (letter) => letter.charCodeAt(0)))

/** From `ab cd`: a to b, c to d. */
export const mapOf = (pairs: string): CodePointMap<number> =>
  codePointMap(pairs.split(' ').map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]))
