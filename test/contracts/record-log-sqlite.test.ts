import { expect, test } from 'vitest'
import type { DeadLetter } from '../../src/queue/record-log.js'
import { SqliteRecordLog } from '../../src/queue/sqlite-record-log.js'
import { openSqlite } from '../../src/users/sqlite.js'

const letter: DeadLetter = {
  reason: 'decode',
  topic: 'chat.messages',
  partition: 3,
  offset: 9_007_199_254_740_991,
  detail: 'not JSON: \u0000',
  key: null,
  value: Buffer.from([0, 255, 10, 200]),
}

test('verdicts and decisions keep key and value in order', async () => {
  const database = openSqlite(':memory:')
  const log = new SqliteRecordLog(database)

  await log.verdicts([
    { key: 'a:\u0000b', value: '{"n":1}' },
    { key: 'c', value: '{"n":2}' },
  ])
  await log.decisions([{ key: 'd', value: '{"n":3}' }])
  await log.verdicts([])

  expect(database.sql.prepare('SELECT key, value FROM verdicts ORDER BY id').all()).toEqual([
    { key: '"a:\\u0000b"', value: '{"n":1}' },
    { key: '"c"', value: '{"n":2}' },
  ])
  expect(database.sql.prepare('SELECT value FROM decisions').all()).toEqual([{ value: '{"n":3}' }])
})

test('a dead letter keeps the original bytes', async () => {
  const database = openSqlite(':memory:')
  const log = new SqliteRecordLog(database)

  await log.deadLetters([letter, { ...letter, value: null, traceparent: '00-1-2-01' }])

  const rows = database.sql.prepare('SELECT * FROM dead_letters ORDER BY id').all() as Record<
    string,
    unknown
  >[]
  expect(Buffer.from(rows[0]?.value as ArrayBuffer)).toEqual(letter.value)
  expect(rows[0]).toMatchObject({
    reason: 'decode',
    partition: 3,
    offset: letter.offset,
    key: null,
    traceparent: null,
  })
  expect(rows[1]).toMatchObject({ value: null, traceparent: '00-1-2-01' })
})

test('each table keeps its newest records', async () => {
  const database = openSqlite(':memory:')
  const log = new SqliteRecordLog(database, 3)

  for (let i = 0; i < 10; i++) await log.verdicts([{ key: 'k', value: String(i) }])

  expect(database.sql.prepare('SELECT value FROM verdicts ORDER BY id').all()).toEqual(
    ['7', '8', '9'].map((value) => ({ value })),
  )
})
