import { type CaseState, MAX_CASE_LINES } from '../domain/case.js'
import { decodeLine, type Evidence, encodeLine, openingRecord, type StoredCase } from './case-record.js'
import { segment, userSegment } from './keys.js'
import type { SqliteDatabase } from './sqlite.js'
import type { Effects } from './user-store.js'
import { MAX_EVENTS } from './user-store-options.js'

/** What changes on its own has its own column; `record` is `{channel, user, versions}` as JSON. */
export interface CaseRow {
  readonly id: string
  readonly state: CaseState
  readonly record: string
  readonly strikes: number
  readonly opened_at: string
  readonly updated_at: string
  readonly revision: number
  readonly job_id: string
  readonly decision: string | null
  readonly forgiven: string | null
}

const prepareStatements = ({ sql }: SqliteDatabase) => ({
  byId: sql.prepare('SELECT * FROM cases WHERE id = ?'),
  openOf: sql.prepare("SELECT id FROM cases WHERE user = ? AND state IN ('open', 'claimed')"),
  linesOf: sql.prepare('SELECT line FROM case_lines WHERE case_id = ? ORDER BY severity DESC, line'),
  addEvent: sql.prepare('INSERT INTO case_events (kind, case_id) VALUES (?, ?)'),
  trimEvents: sql.prepare('DELETE FROM case_events WHERE id <= ?'),
  addLine: sql.prepare('INSERT OR IGNORE INTO case_lines (case_id, severity, line) VALUES (?, ?, ?)'),
  trimLines: sql.prepare(
    `DELETE FROM case_lines WHERE case_id = ? AND line NOT IN
     (SELECT line FROM case_lines WHERE case_id = ? ORDER BY severity DESC, line LIMIT ?)`,
  ),
  open: sql.prepare(
    `INSERT INTO cases (id, user, channel, state, record, strikes, opened_at, updated_at, changed, job_id)
     VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?)`,
  ),
  update: sql.prepare('UPDATE cases SET record = ?, strikes = ?, updated_at = ?, changed = ? WHERE id = ?'),
})

/** The case tables as the user store (opens, adds) and the case store (reads, decides) share them. */
export class SqliteCases {
  private readonly statements

  constructor(database: SqliteDatabase) {
    this.statements = prepareStatements(database)
  }

  load(id: string): StoredCase | null {
    const row = this.statements.byId.get(id) as CaseRow | undefined
    return row ? this.fromRow(row) : null
  }

  fromRow(row: CaseRow): StoredCase {
    const lines = this.statements.linesOf.all(row.id) as { line: string }[]
    return {
      record: {
        id: row.id,
        state: row.state,
        ...JSON.parse(row.record),
        strikes: row.strikes,
        lines: lines.map(({ line }) => decodeLine(line)),
        openedAt: row.opened_at,
        updatedAt: row.updated_at,
        ...(row.decision === null ? {} : { decision: JSON.parse(row.decision) }),
      },
      revision: row.revision,
      jobId: row.job_id,
      forgiven: row.forgiven === null ? null : JSON.parse(row.forgiven),
    }
  }

  openCaseOf(user: string): string | null {
    return (this.statements.openOf.get(user) as { id: string } | undefined)?.id ?? null
  }

  /** Within a transaction: records a change of a case and gives its number. */
  emit(kind: string, caseId: string): number {
    const id = Number(this.statements.addEvent.run(kind, caseId).lastInsertRowid)
    this.statements.trimEvents.run(id - MAX_EVENTS)
    return id
  }

  /**
   * Within a transaction: opens the user's case or adds the line to the open one. Null when this message
   * opened a case before, which only happens once its id is forgotten.
   */
  addEvidence(effect: Effects, evidence: Evidence, strikes: number): { id: string; opened: boolean } | null {
    const opening = openingRecord(effect, evidence)
    const openId = this.openCaseOf(userSegment(effect.user))
    if (openId === null && this.statements.byId.get(opening.id)) return null
    const id = openId ?? opening.id
    const changed = this.emit(openId === null ? 'opened' : 'updated', id)
    const { channel, user, versions } = opening
    const record = JSON.stringify({ channel, user, versions })
    if (openId === null) {
      const keys = [id, userSegment(effect.user), segment(channel.id)]
      this.statements.open.run(...keys, record, strikes, evidence.at, evidence.at, changed, id)
    } else this.statements.update.run(record, strikes, evidence.at, changed, id)
    this.statements.addLine.run(id, evidence.severity, encodeLine(evidence.line, effect.sentAtMs))
    this.statements.trimLines.run(id, id, MAX_CASE_LINES)
    return { id, opened: openId === null }
  }
}
