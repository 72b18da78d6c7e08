import type { FilterEvidence, FilterName } from '../../domain/filter-evidence.js'
import { kindOf, type Message } from '../../domain/message.js'
import { findSpecials, maskSpecials } from '../../text/canonicalise/mask.js'
import { decodeText } from '../../text/decode-text.js'
import type { MappedText } from '../../text/mapped-text.js'
import { MAX_CODE_POINTS } from '../../text/views.js'

/** Code points as typed, but for emotes, mentions, links, phone numbers and prices: one special code point each. */
export type FilterText = MappedText['codePoints']

/** One of the same user's messages, as flood and repetition remember it. */
export interface RecentMessage {
  readonly sentAtMs: number
  /** Equal for messages that say the same; null for one too short to compare. */
  readonly fingerprint: number | null
}

/** As much of the text as is judged. */
export const readText = ({ source, text: raw, emotes }: Message): FilterText => {
  const { text } = decodeText(raw, MAX_CODE_POINTS[kindOf(source)])
  return maskSpecials(text, findSpecials(text, emotes)).codePoints
}

const round = (value: number): number => Math.round(value * 1000) / 1000

/** Evidence when `value` reaches `limit`: 0.5 there, 1 at twice the limit. */
export const overCount = (
  filter: FilterName,
  value: number,
  limit: number,
  detail?: string,
): FilterEvidence | null =>
  value < limit
    ? null
    : {
        filter,
        score: round(Math.min(1, value / (2 * limit))),
        value,
        limit,
        ...(detail === undefined ? {} : { detail }),
      }

/** Evidence when the share `value` reaches `limit`: 0.5 there, 1 for all of the text. */
export const overShare = (filter: FilterName, value: number, limit: number): FilterEvidence | null =>
  value < limit
    ? null
    : {
        filter,
        score: limit === 1 ? 0.5 : round(0.5 + (0.5 * (value - limit)) / (1 - limit)),
        value: round(value),
        limit,
      }
