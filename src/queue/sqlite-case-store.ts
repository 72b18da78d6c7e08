import type { DecisionInput } from '../domain/decision.js'
import { type CaseRecord, type StoredCase, type Suggest, withSuggestion } from '../users/case-record.js'
import { segment, userSegment } from '../users/keys.js'
import type { SqliteDatabase } from '../users/sqlite.js'
import { type CaseRow, SqliteCases } from '../users/sqlite-cases.js'
import { addStrikes, type Strikes } from '../users/strikes.js'
import { type CaseDecision, decideCase, decisionKey } from './case-decision.js'
import type { CaseEvent, CaseQuery, CaseStore, DecideResult } from './case-store.js'
import { type CaseStoreOptions, DECIDED_MS } from './case-store-options.js'
import { type EventSource, followEvents } from './follow-events.js'
import { DECISIONS_OUTBOX } from './outbox.js'

const prepareStatements = ({ sql }: SqliteDatabase) => ({
  decide: sql.prepare(
    `UPDATE cases SET state = ?, updated_at = ?, decision = ?, changed = ?, revision = revision + 1,
     job_id = ?, forgiven = ?, closed_ms = ? WHERE id = ?`,
  ),
  strikes: sql.prepare('SELECT score, at_ms AS atMs FROM strikes WHERE user = ?'),
  setStrikes: sql.prepare('INSERT OR REPLACE INTO strikes (user, score, at_ms) VALUES (?, ?, ?)'),
  dropStrikes: sql.prepare('DELETE FROM strikes WHERE user = ?'),
  enqueue: sql.prepare('INSERT INTO outbox (partition, entry, at_ms) VALUES (?, ?, ?)'),
  dropLines: sql.prepare(
    'DELETE FROM case_lines WHERE case_id IN (SELECT id FROM cases WHERE closed_ms < ?)',
  ),
  dropCases: sql.prepare('DELETE FROM cases WHERE closed_ms < ?'),
  newestEvent: sql.prepare('SELECT max(id) AS id FROM case_events'),
  eventsAfter: sql.prepare('SELECT id, kind, case_id FROM case_events WHERE id > ? ORDER BY id LIMIT ?'),
})

interface EventRow {
  readonly id: number
  readonly kind: CaseEvent['kind']
  readonly case_id: string
}

/** The cases that `SqliteUserStore` opened in the same database. */
export class SqliteCaseStore implements CaseStore {
  private readonly statements
  private readonly cases: SqliteCases
  private readonly halfLifeMs: number
  private readonly suggest: Suggest

  constructor(
    private readonly database: SqliteDatabase,
    { halfLifeMs, suggest }: CaseStoreOptions,
    /** Wall clock: ages of rows. */
    private readonly now: () => number = Date.now,
  ) {
    this.statements = prepareStatements(database)
    this.cases = new SqliteCases(database)
    this.halfLifeMs = halfLifeMs
    this.suggest = suggest
  }

  async list({ state, channelId, limit }: CaseQuery) {
    const filters = [
      ...(state === undefined ? [] : [['state = ?', state]]),
      ...(channelId === undefined ? [] : [['channel = ?', segment(channelId)]]),
    ]
    const where = filters.length === 0 ? '' : `WHERE ${filters.map(([sql]) => sql).join(' AND ')}`
    const values = filters.map(([, value]) => value)
    const { sql } = this.database
    const rows = sql
      .prepare(`SELECT * FROM cases ${where} ORDER BY changed DESC LIMIT ?`)
      .all(...values, limit)
    const count = sql.prepare(`SELECT count(*) AS total FROM cases ${where}`).get(...values)
    return {
      cases: (rows as CaseRow[]).map((row) => this.view(this.cases.fromRow(row).record)),
      total: (count as { total: number }).total,
    }
  }

  async decide(caseId: string, input: DecisionInput, at: string): Promise<DecideResult> {
    const result = this.database.transact(() => this.decideNow(caseId, input, at))
    if (result.kind === 'decided') this.database.changes.emit('case-event')
    return result
  }

  events(afterId: string | null, signal: AbortSignal): AsyncIterable<CaseEvent> {
    const known = afterId !== null && /^\d{1,15}$/.test(afterId) ? afterId : null
    return followEvents(this.eventSource, known, signal)
  }

  async close(): Promise<void> {}

  private readonly eventSource: EventSource = {
    newestId: async () => String((this.statements.newestEvent.get() as { id: number | null }).id ?? 0),
    readAfter: async (id, limit) => {
      const rows = this.statements.eventsAfter.all(Number(id), limit) as EventRow[]
      return { events: rows.flatMap((row) => this.eventOf(row)), lastId: String(rows.at(-1)?.id ?? id) }
    },
    subscribe: (wake) => {
      this.database.changes.on('case-event', wake)
      return () => this.database.changes.off('case-event', wake)
    },
  }

  private eventOf({ id, kind, case_id }: EventRow): CaseEvent[] {
    const stored = this.cases.load(case_id)
    return stored ? [{ id: String(id), kind, case: this.view(stored.record) }] : []
  }

  private view(record: CaseRecord) {
    return withSuggestion(record, this.suggest)
  }

  private decideNow(caseId: string, input: DecisionInput, at: string): DecideResult {
    const stored = this.cases.load(caseId)
    if (!stored) return { kind: 'unknown-case' }
    const decision = decideCase(stored, input, at)
    const user = userSegment({ channelId: stored.record.channel.id, userId: stored.record.user.id })
    const blocked = input.decision === 'undo' && this.cases.openCaseOf(user) !== null
    if (!decision || blocked) return { kind: 'conflict', case: this.view(stored.record) }
    this.write(stored, decision, user)
    return { kind: 'decided', case: this.view(decision.after), record: decision.record }
  }

  private write(stored: StoredCase, decision: CaseDecision, user: string): void {
    const { after, record, closedJobId, openedJobId } = decision
    const changed = this.cases.emit(decision.event, after.id)
    const forgiven = this.moveStrikes(stored, decision, user)
    this.statements.decide.run(
      after.state,
      after.updatedAt,
      after.decision ? JSON.stringify(after.decision) : null,
      changed,
      openedJobId ?? stored.jobId,
      forgiven ? JSON.stringify(forgiven) : null,
      after.state === 'decided' ? this.now() : null,
      after.id,
    )
    this.enqueue({ kind: 'decision', key: decisionKey(record), value: JSON.stringify(record) })
    if (closedJobId) this.enqueue({ kind: 'case-closed', jobId: closedJobId })
    if (openedJobId) this.enqueue({ kind: 'case-opened', jobId: openedJobId, snapshot: after })
    this.statements.dropLines.run(this.now() - DECIDED_MS)
    this.statements.dropCases.run(this.now() - DECIDED_MS)
  }

  /** Gives what the case has forgiven afterwards. */
  private moveStrikes(stored: StoredCase, decision: CaseDecision, user: string): Strikes | null {
    const current = (this.statements.strikes.get(user) as Strikes | undefined) ?? null
    if (decision.strikes === 'keep') return stored.forgiven
    if (decision.strikes === 'forgive') {
      this.statements.dropStrikes.run(user)
      return current
    }
    if (stored.forgiven) {
      const { score, atMs } = addStrikes(
        current,
        stored.forgiven.score,
        stored.forgiven.atMs,
        this.halfLifeMs,
      )
      this.statements.setStrikes.run(user, score, atMs)
    }
    return null
  }

  private enqueue(entry: object): void {
    this.statements.enqueue.run(DECISIONS_OUTBOX, JSON.stringify(entry), this.now())
  }
}
