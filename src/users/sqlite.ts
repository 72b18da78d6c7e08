import { EventEmitter } from 'node:events'
import Database from 'libsql'
import { UnavailableError } from '../errors.js'
import { MIGRATIONS } from './sqlite-schema.js'

/** One database file, shared by all SQLite adapters of a process; whoever opened it closes it. */
export interface SqliteDatabase {
  readonly sql: Database.Database
  readonly path: string
  /** Emits `case-event` after a commit that changed a case. */
  readonly changes: EventEmitter
  /** Runs `work` in one write transaction; throws UnavailableError when the file cannot be written. */
  transact<T>(work: () => T): T
  /** Safe to call twice. */
  close(): void
}

const ENVIRONMENT = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|PERM)/

const unavailable = (path: string, cause: unknown): unknown => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (!ENVIRONMENT.test(code)) return cause
  return new UnavailableError(`cannot use the database ${path} (${code}); check its folder and free space`, {
    cause,
  })
}

const migrate = (sql: Database.Database): void => {
  const { user_version: version } = sql.prepare('PRAGMA user_version').get() as { user_version: number }
  if (version > MIGRATIONS.length)
    throw new UnavailableError(
      `the database was written by a newer haechi (schema ${version}); update haechi`,
    )
  for (const [index, script] of MIGRATIONS.entries()) {
    if (index >= version) sql.exec(`BEGIN IMMEDIATE; ${script}; PRAGMA user_version = ${index + 1}; COMMIT`)
  }
}

const connect = (path: string): Database.Database => {
  const sql = new Database(path)
  // A killed process loses nothing with NORMAL; only a power cut can lose the last commits.
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = NORMAL'])
    sql.pragma(pragma)
  return sql
}

/** Opens or creates the file (`:memory:` for tests) and brings its schema up to date. */
export const openSqlite = (path: string): SqliteDatabase => {
  let isOpen = true
  try {
    const sql = connect(path)
    migrate(sql)
    return {
      sql,
      path,
      changes: new EventEmitter().setMaxListeners(0),
      transact: (work) => {
        try {
          return sql.transaction(work).immediate()
        } catch (error) {
          throw unavailable(path, error)
        }
      },
      close: () => {
        if (isOpen) sql.close()
        isOpen = false
      },
    }
  } catch (error) {
    if (error instanceof UnavailableError) throw error
    throw new UnavailableError(`cannot open the database ${path}; check the folder and its permissions`, {
      cause: error,
    })
  }
}
