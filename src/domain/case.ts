import type { DecisionKind } from './decision.js'
import type { FilterEvidence } from './filter-evidence.js'
import type { Scores, Span, Versions } from './verdict.js'

export const CASE_STATES = ['open', 'claimed', 'decided', 'expired'] as const
export type CaseState = (typeof CASE_STATES)[number]

/** One piece of evidence. */
export interface CaseLine {
  readonly messageId: string
  readonly text: string
  readonly title?: string
  readonly scores: Scores
  readonly spans: readonly Span[]
  /** What chat filters found; absent when nothing. */
  readonly evidence?: readonly FilterEvidence[]
  readonly sentAt: string
  /** The same user's earlier fragments, when only together they fired. */
  readonly fragments?: readonly string[]
  readonly reasons: readonly string[]
}

/** A user's open matter in one channel: what the page, the API and a job's snapshot show. */
export interface Case {
  readonly id: string
  readonly state: CaseState
  readonly channel: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string }
  /** Decayed to the event time of the last line. */
  readonly strikes: number
  /** Worst first, at most `MAX_CASE_LINES`. */
  readonly lines: readonly CaseLine[]
  readonly versions: Versions
  readonly openedAt: string
  readonly updatedAt: string
  readonly suggestion: DecisionKind
  readonly decision?: { readonly kind: DecisionKind; readonly at: string; readonly note?: string }
}

export const MAX_CASE_LINES = 20
