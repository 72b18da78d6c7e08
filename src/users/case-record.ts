import type { Case, CaseLine } from '../domain/case.js'
import type { DecisionKind } from '../domain/decision.js'
import { caseIdOf } from './keys.js'
import type { Strikes } from './strikes.js'
import type { Effects } from './user-store.js'

/** What to suggest to a moderator at so many strikes: policy's, given to the stores that read cases. */
export type Suggest = (strikes: number, channelId: string) => DecisionKind

/** A case as stored: the suggestion is made when it is read. */
export type CaseRecord = Omit<Case, 'suggestion'>

/** A case with what only the stores need. */
export interface StoredCase {
  readonly record: CaseRecord
  /** Rises with every decision; a decision made on an older one is refused. */
  readonly revision: number
  /** The work item that stands for this case in the moderation queue. */
  readonly jobId: string
  /** What `dismiss` or `allow` took away, given back by `undo`. */
  readonly forgiven: Strikes | null
}

export type Evidence = NonNullable<Effects['evidence']>

export const withSuggestion = (record: CaseRecord, suggest: Suggest): Case => ({
  ...record,
  suggestion: suggest(record.strikes, record.channel.id),
})

// RFC 3339 years 0..9999 become 15 digits that sort as text.
const TIME_DIGITS = 15
const TIME_BIAS = 1e14

/** A line as both stores keep it: event time, then JSON that begins with the message id; sorts by both. */
export const encodeLine = ({ messageId, ...rest }: CaseLine, sentAtMs: number): string =>
  String(TIME_BIAS + sentAtMs).padStart(TIME_DIGITS, '0') + JSON.stringify({ messageId, ...rest })

/** Reads what `encodeLine` wrote. */
export const decodeLine = (encoded: string): CaseLine => JSON.parse(encoded.slice(TIME_DIGITS))

/** The case that this effect's evidence opens, without its strikes. */
export const openingRecord = (effect: Effects, evidence: Evidence): Omit<CaseRecord, 'strikes'> => ({
  id: caseIdOf(effect.user, effect.messageId),
  state: 'open',
  channel: { id: effect.user.channelId, name: evidence.channelName },
  user: { id: effect.user.userId, name: evidence.userName },
  lines: [evidence.line],
  versions: evidence.versions,
  openedAt: evidence.at,
  updatedAt: evidence.at,
})

/** Only these effects would be doubled by a second delivery; a window is replaced, which repeats safely. */
export const mustNotRepeat = (effect: Effects): boolean =>
  effect.strikeWeight !== undefined || effect.evidence !== undefined || effect.verdict !== undefined
