import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UnavailableError } from '../../src/errors.js'
import { openSqlite } from '../../src/users/sqlite.js'
import { MIGRATIONS } from '../../src/users/sqlite-schema.js'
import { SqliteUserStore } from '../../src/users/sqlite-user-store.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'haechi-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('what was applied is there when the file is opened again', async () => {
  const path = join(folder, 'haechi.sqlite')
  const first = openSqlite(path)
  await new SqliteUserStore(first, { halfLifeMs: 1000 }).apply({
    partition: 'p',
    base: -1,
    next: 41,
    effects: [],
  })
  first.close()
  first.close()

  const second = openSqlite(path)

  expect(await new SqliteUserStore(second, { halfLifeMs: 1000 }).watermark('p')).toBe(41)
  second.close()
})

test('the file is in WAL mode and at the newest schema', () => {
  const database = openSqlite(join(folder, 'haechi.sqlite'))

  expect(database.sql.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' })
  expect(database.sql.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: MIGRATIONS.length })
  database.close()
})

test('a file of a newer version is refused', () => {
  const path = join(folder, 'haechi.sqlite')
  const database = openSqlite(path)
  database.sql.exec('PRAGMA user_version = 999')
  database.close()

  expect(() => openSqlite(path)).toThrow(/newer haechi \(schema 999\)/)
})

test.each([
  ['no-such-folder/haechi.sqlite', () => {}],
  ['not-a-database', (path: string) => writeFileSync(path, 'x'.repeat(4096))],
])('%s is a clear error', (name, prepare) => {
  const path = join(folder, name)
  prepare(path)

  expect(() => openSqlite(path)).toThrow(UnavailableError)
  expect(() => openSqlite(path)).toThrow(path)
})

test('a failing transaction changes nothing and leaves the database usable', async () => {
  const database = openSqlite(':memory:')
  const insert = database.sql.prepare("INSERT INTO watermarks (partition, next) VALUES ('p', 1)")

  expect(() =>
    database.transact(() => {
      insert.run()
      throw new Error('half way')
    }),
  ).toThrow('half way')

  expect(await new SqliteUserStore(database, { halfLifeMs: 1 }).watermark('p')).toBe(-1)
  expect(database.transact(() => 'fine')).toBe('fine')
})

test('a database that another process has locked is unavailable, not broken', () => {
  const path = join(folder, 'haechi.sqlite')
  const [owner, other] = [openSqlite(path), openSqlite(path)]
  other.sql.pragma('busy_timeout = 10')
  owner.sql.exec('BEGIN IMMEDIATE')

  expect(() => other.transact(() => {})).toThrow(UnavailableError)

  owner.sql.exec('ROLLBACK')
  expect(other.transact(() => 1)).toBe(1)
  owner.close()
  other.close()
})

test('message ids are forgotten after a week, windows after a day', async () => {
  const database = openSqlite(':memory:')
  let now = Date.UTC(2026, 0, 1)
  const store = new SqliteUserStore(database, { halfLifeMs: 1000 }, () => now)
  const user = { channelId: 'c', userId: 'u' }
  const window = [{ messageId: 'm', text: '시', sentAtMs: 0 }]
  const effects = [{ messageId: 'm', user, sentAtMs: 0, strikeWeight: 1, fragments: window }]
  const rows = (table: string) => database.sql.prepare(`SELECT * FROM ${table}`).all().length
  await store.apply({ partition: 'p', base: -1, next: 0, effects })

  now += 6 * 86_400_000
  await store.apply({ partition: 'p', base: 0, next: 1, effects: [] })
  expect([rows('seen'), rows('fragments')]).toEqual([1, 0])

  now += 2 * 86_400_000
  await store.apply({ partition: 'p', base: 1, next: 2, effects: [] })
  expect(rows('seen')).toBe(0)
})
