import type { Case } from '../domain/case.js'

/** What must still leave the store. Written with the effects, so a crash repeats it and never loses it. */
export type OutboxEntry =
  | { readonly id: string; readonly kind: 'verdict'; readonly key: string; readonly value: string }
  | { readonly id: string; readonly kind: 'decision'; readonly key: string; readonly value: string }
  | { readonly id: string; readonly kind: 'case-opened'; readonly jobId: string; readonly snapshot: Case }
  | { readonly id: string; readonly kind: 'case-closed'; readonly jobId: string }

/** The partition name under which decisions are queued (by the feed, not by a lane). */
export const DECISIONS_OUTBOX = 'decisions'

/** Adapters: Redis, SQLite. */
export interface Outbox {
  /** The oldest entries of one partition, at most `limit`. */
  read(partition: string, limit: number): Promise<readonly OutboxEntry[]>
  ack(partition: string, ids: readonly string[]): Promise<void>
  /** Entries waiting in one partition, and the age of the oldest in ms. */
  depth(partition: string): Promise<{ readonly entries: number; readonly oldestMs: number }>
}
