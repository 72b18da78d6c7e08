import type { Case } from '../domain/case.js'
import type { SqliteDatabase } from '../users/sqlite.js'
import type { ModerationQueue, QueueCounts } from './moderation-queue.js'

/** How long a completed job still counts as a duplicate. */
export const DONE_MS = 30 * 86_400_000

const prepareStatements = ({ sql }: SqliteDatabase) => ({
  add: sql.prepare('INSERT OR IGNORE INTO jobs (id, data, at_ms) VALUES (?, ?, ?)'),
  // Also when the job is not there yet: it may still be in an outbox.
  complete: sql.prepare('INSERT OR REPLACE INTO jobs (id, data, at_ms) VALUES (?, NULL, ?)'),
  forget: sql.prepare('DELETE FROM jobs WHERE data IS NULL AND at_ms < ?'),
  waiting: sql.prepare('SELECT count(*) AS waiting FROM jobs WHERE data IS NOT NULL'),
})

/** The BullMQ queue's twin: a job without data is done. */
export class SqliteQueue implements ModerationQueue {
  private readonly statements

  constructor(
    private readonly database: SqliteDatabase,
    private readonly now: () => number = Date.now,
  ) {
    this.statements = prepareStatements(database)
  }

  async add(jobId: string, snapshot: Case): Promise<'ok' | 'duplicate'> {
    const data = JSON.stringify({ caseId: snapshot.id, snapshot })
    const { changes } = this.database.transact(() => this.statements.add.run(jobId, data, this.now()))
    return changes === 1 ? 'ok' : 'duplicate'
  }

  async complete(jobId: string): Promise<void> {
    this.database.transact(() => {
      this.statements.complete.run(jobId, this.now())
      this.statements.forget.run(this.now() - DONE_MS)
    })
  }

  async counts(): Promise<QueueCounts> {
    const { waiting } = this.statements.waiting.get() as { waiting: number }
    return { waiting, active: 0, delayed: 0, failed: 0 }
  }

  async close(): Promise<void> {}
}
