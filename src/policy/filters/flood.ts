import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { overCount, type RecentMessage } from './filter.js'

export interface FloodSettings {
  /** This many messages of one user... */
  readonly messages: number
  /** ...within this many seconds of event time. */
  readonly seconds: number
}

export const DEFAULT_FLOOD: FloodSettings = { messages: 6, seconds: 10 }

/** The messages among `recent` that were sent in the `seconds` up to `message`. */
export const within = <T extends RecentMessage>(
  recent: readonly T[],
  { sentAtMs }: RecentMessage,
  seconds: number,
): readonly T[] =>
  recent.filter((other) => other.sentAtMs <= sentAtMs && sentAtMs - other.sentAtMs < seconds * 1000)

/** Messages faster than a person talks. */
export const findFlood = (
  message: RecentMessage,
  recent: readonly RecentMessage[],
  { messages, seconds }: FloodSettings,
): FilterEvidence | null => overCount('flood', within(recent, message, seconds).length + 1, messages)
