import type { Versions } from './verdict.js'

export const DECISIONS = ['dismiss', 'warn', 'timeout', 'ban', 'delete', 'escalate', 'allow', 'undo'] as const
export type DecisionKind = (typeof DECISIONS)[number]

/** What a moderator sends. */
export interface DecisionInput {
  readonly decision: DecisionKind
  readonly note?: string
  /** For `timeout`, 1..1,209,600. */
  readonly seconds?: number
}

/** What `moderation.decisions` carries (schema: `schema/decision.schema.json`). */
export interface DecisionRecord {
  readonly id: string
  readonly caseId: string
  readonly channelId: string
  readonly userId: string
  readonly decision: DecisionKind
  readonly note?: string
  readonly seconds?: number
  /** Acting decisions are dry runs until an action adapter carries them out. */
  readonly dryRun: boolean
  readonly messageIds: readonly string[]
  readonly versions: Versions
  readonly decidedAt: string
}
