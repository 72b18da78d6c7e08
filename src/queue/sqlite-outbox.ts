import { type Suggest, withSuggestion } from '../users/case-record.js'
import type { SqliteDatabase } from '../users/sqlite.js'
import type { Outbox, OutboxEntry } from './outbox.js'

interface OutboxRow {
  readonly id: number
  readonly entry: string
}

const prepareStatements = ({ sql }: SqliteDatabase) => ({
  read: sql.prepare('SELECT id, entry FROM outbox WHERE partition = ? ORDER BY id LIMIT ?'),
  ack: sql.prepare('DELETE FROM outbox WHERE partition = ? AND id = ?'),
  depth: sql.prepare('SELECT count(*) AS entries, min(at_ms) AS oldest FROM outbox WHERE partition = ?'),
})

/** The outbox table that `SqliteUserStore` and `SqliteCaseStore` write. */
export class SqliteOutbox implements Outbox {
  private readonly statements

  constructor(
    private readonly database: SqliteDatabase,
    private readonly suggest: Suggest,
    private readonly now: () => number = Date.now,
  ) {
    this.statements = prepareStatements(database)
  }

  async read(partition: string, limit: number): Promise<readonly OutboxEntry[]> {
    const rows = this.statements.read.all(partition, limit) as OutboxRow[]
    return rows.map((row) => this.parse(row))
  }

  async ack(partition: string, ids: readonly string[]): Promise<void> {
    this.database.transact(() => {
      for (const id of ids) this.statements.ack.run(partition, Number(id))
    })
  }

  async depth(partition: string): Promise<{ entries: number; oldestMs: number }> {
    const row = this.statements.depth.get(partition) as { entries: number; oldest: number | null }
    return { entries: row.entries, oldestMs: row.oldest === null ? 0 : Math.max(0, this.now() - row.oldest) }
  }

  private parse({ id, entry }: OutboxRow): OutboxEntry {
    const parsed = { id: String(id), ...JSON.parse(entry) }
    return parsed.kind === 'case-opened'
      ? { ...parsed, snapshot: withSuggestion(parsed.snapshot, this.suggest) }
      : parsed
  }
}
