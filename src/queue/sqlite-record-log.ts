import type { SqliteDatabase } from '../users/sqlite.js'
import type { DeadLetter, KeyedRecord, RecordLog } from './record-log.js'

const TABLES = ['verdicts', 'decisions', 'dead_letters'] as const
const MAX_RECORDS = 1_000_000

const prepareStatements = ({ sql }: SqliteDatabase) => ({
  verdicts: sql.prepare('INSERT INTO verdicts (key, value) VALUES (?, ?)'),
  decisions: sql.prepare('INSERT INTO decisions (key, value) VALUES (?, ?)'),
  dead_letters: sql.prepare(
    `INSERT INTO dead_letters (reason, topic, partition, offset, detail, key, value, traceparent)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  trim: Object.fromEntries(
    TABLES.map((table) => [
      table,
      sql.prepare(`DELETE FROM ${table} WHERE id <= (SELECT max(id) FROM ${table}) - ?`),
    ]),
  ),
})

/** The embedded mode's tables `verdicts`, `decisions` and `dead_letters`; each keeps its newest records. */
export class SqliteRecordLog implements RecordLog {
  private readonly statements

  constructor(
    private readonly database: SqliteDatabase,
    private readonly maxRecords: number = MAX_RECORDS,
  ) {
    this.statements = prepareStatements(database)
  }

  async verdicts(records: readonly KeyedRecord[]): Promise<void> {
    this.append(
      'verdicts',
      records.map(({ key, value }) => [JSON.stringify(key), value]),
    )
  }

  async decisions(records: readonly KeyedRecord[]): Promise<void> {
    this.append(
      'decisions',
      records.map(({ key, value }) => [JSON.stringify(key), value]),
    )
  }

  async deadLetters(letters: readonly DeadLetter[]): Promise<void> {
    const rows = letters.map((letter) => [
      letter.reason,
      letter.topic,
      letter.partition,
      letter.offset,
      JSON.stringify(letter.detail),
      letter.key,
      letter.value,
      letter.traceparent ?? null,
    ])
    this.append('dead_letters', rows)
  }

  async close(): Promise<void> {}

  private append(table: (typeof TABLES)[number], rows: readonly (readonly unknown[])[]): void {
    if (rows.length === 0) return
    this.database.transact(() => {
      for (const row of rows) this.statements[table].run(...row)
      this.statements.trim[table]?.run(this.maxRecords)
    })
  }
}
