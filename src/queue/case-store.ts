import type { Case, CaseState } from '../domain/case.js'
import type { DecisionInput, DecisionRecord } from '../domain/decision.js'

export interface CaseQuery {
  readonly state?: CaseState
  readonly channelId?: string
  readonly limit: number
}

/** A change of one case, as the feed streams it; `id` rises and is what `Last-Event-ID` carries. */
export interface CaseEvent {
  readonly id: string
  readonly kind: 'opened' | 'updated' | 'decided' | 'reopened'
  readonly case: Case
}

export type DecideResult =
  | { readonly kind: 'decided'; readonly case: Case; readonly record: DecisionRecord }
  | { readonly kind: 'unknown-case' }
  /** Decided before (or, for `undo`, not decided, or the user has a newer open case): nothing was done. */
  | { readonly kind: 'conflict'; readonly case: Case }

/** The record of cases. Adapters: Redis, SQLite (the same databases as the user store, which opens cases). */
export interface CaseStore {
  /** Newest change first; `total` counts all that match. */
  list(query: CaseQuery): Promise<{ readonly cases: readonly Case[]; readonly total: number }>
  /** Atomic: closes (or reopens) the case, queues the decision record in the outbox, emits the event. */
  decide(caseId: string, input: DecisionInput, at: string): Promise<DecideResult>
  /** Everything after `afterId` (null: from now on), then live until the signal aborts. */
  events(afterId: string | null, signal: AbortSignal): AsyncIterable<CaseEvent>
  /** Safe to call twice. */
  close(): Promise<void>
}
