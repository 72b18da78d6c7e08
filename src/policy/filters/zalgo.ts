import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { isHangul } from '../../text/hangul.js'
import { isMark } from './characters.js'
import { type FilterText, overCount } from './filter.js'

export interface ZalgoSettings {
  /** Combining marks too many, over the whole text. */
  readonly marks: number
}

export const DEFAULT_ZALGO: ZalgoSettings = { marks: 6 }

// Marks of Latin, Vietnamese, Thai, Hebrew and Arabic come in ones and twos; Hangul takes none, but people
// write 아゙ for a scream.
const USUAL = 2
const USUAL_ON_HANGUL = 1
const isEmojiPart = (codePoint: number): boolean =>
  codePoint === 0x20e3 ||
  (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
  (codePoint >= 0xe0100 && codePoint <= 0xe01ef)

/** Marks stacked beyond what any language writes. */
export const findZalgo = (text: FilterText, { marks }: ZalgoSettings): FilterEvidence | null => {
  let excess = 0
  let stacked = 0
  let usual = USUAL
  for (const codePoint of text) {
    if (isMark(codePoint) && !isEmojiPart(codePoint)) {
      stacked += 1
      if (stacked > usual) excess += 1
    } else {
      stacked = 0
      usual = isHangul(codePoint) ? USUAL_ON_HANGUL : USUAL
    }
  }
  return overCount('zalgo', excess, marks)
}
