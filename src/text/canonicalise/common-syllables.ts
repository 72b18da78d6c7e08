import { codePointSet } from '../code-point-table.js'

/**
 * The 2,350 syllables of KS X 1001: what Korean is written with, of 11,172 possible ones. Keys pressed for
 * another language rarely land in it.
 */
const decodeTable = (): readonly number[] => {
  const decoder = new TextDecoder('euc-kr')
  const syllables: number[] = []
  for (let lead = 0xb0; lead <= 0xc8; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1)
      syllables.push(decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0) ?? 0)
  return syllables
}

/** In the order of the alphabet. */
export const COMMON_SYLLABLES = decodeTable()
/** True for one of them. */
export const isCommonSyllable: (codePoint: number) => boolean = codePointSet(COMMON_SYLLABLES).has
