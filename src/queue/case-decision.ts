import type { Case } from '../domain/case.js'
import type { DecisionInput, DecisionKind, DecisionRecord } from '../domain/decision.js'
import type { CaseRecord, StoredCase } from '../users/case-record.js'
import type { CaseEvent } from './case-store.js'

const ACTING: readonly DecisionKind[] = ['warn', 'timeout', 'ban', 'delete']
const FORGIVING: readonly DecisionKind[] = ['dismiss', 'allow']

/** All that a decision changes; the stores write it in one step, if the case is still at `revision`. */
export interface CaseDecision {
  readonly revision: number
  /** The case as it is afterwards. */
  readonly after: CaseRecord
  readonly event: CaseEvent['kind']
  readonly record: DecisionRecord
  /** The work item that leaves the queue. */
  readonly closedJobId?: string
  /** The work item that enters it again. */
  readonly openedJobId?: string
  /** The user's strikes in the channel drop to 0, or come back. */
  readonly strikes: 'keep' | 'forgive' | 'restore'
}

const isOpen = (state: Case['state']): boolean => state === 'open' || state === 'claimed'

/** An undone dry run acted on nobody either. */
const isDryRun = (decided: CaseRecord, { decision }: DecisionInput): boolean =>
  ACTING.includes(decision) ||
  (decision === 'undo' && decided.decision !== undefined && ACTING.includes(decided.decision.kind))

const recordOf = (
  { record, revision }: StoredCase,
  { decision, note, seconds }: DecisionInput,
  at: string,
) => ({
  id: `${record.id}-d${revision + 1}`,
  caseId: record.id,
  channelId: record.channel.id,
  userId: record.user.id,
  decision,
  ...(note === undefined ? {} : { note }),
  ...(seconds === undefined ? {} : { seconds }),
  dryRun: isDryRun(record, { decision }),
  messageIds: record.lines.map((line) => line.messageId),
  versions: record.versions,
  decidedAt: at,
})

const undo = (stored: StoredCase, record: DecisionRecord): CaseDecision => {
  const { decision: _, ...undecided } = stored.record
  return {
    revision: stored.revision,
    after: { ...undecided, state: 'open', updatedAt: record.decidedAt },
    event: 'reopened',
    record,
    openedJobId: `${undecided.id}-r${stored.revision + 1}`,
    strikes: 'restore',
  }
}

/**
 * What `input` does to the case; null when it conflicts: decided before, or an `undo` of nothing. The store
 * itself refuses an `undo` while the user has a newer open case.
 */
export const decideCase = (stored: StoredCase, input: DecisionInput, at: string): CaseDecision | null => {
  if (isOpen(stored.record.state) === (input.decision === 'undo')) return null
  const record = recordOf(stored, input, at)
  if (input.decision === 'undo') return undo(stored, record)
  const staysOpen = input.decision === 'escalate'
  const decision = {
    kind: input.decision,
    at,
    ...(input.note === undefined ? {} : { note: input.note }),
  }
  return {
    revision: stored.revision,
    after: { ...stored.record, state: staysOpen ? stored.record.state : 'decided', updatedAt: at, decision },
    event: staysOpen ? 'updated' : 'decided',
    record,
    ...(staysOpen ? {} : { closedJobId: stored.jobId }),
    strikes: FORGIVING.includes(input.decision) ? 'forgive' : 'keep',
  }
}

/** The key of a decision's record: the user's messages have the same. */
export const decisionKey = (record: DecisionRecord): string => `${record.channelId}:${record.userId}`
