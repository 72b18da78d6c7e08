import { expect } from 'vitest'
import type { RecordLog } from '../../src/queue/record-log.js'
import { createRelay } from '../../src/queue/relay.js'
import { SqliteRecordLog } from '../../src/queue/sqlite-record-log.js'
import { openSqlite } from '../../src/users/sqlite.js'
import { applyAll, flagged, PARTITION, userOf } from './effects.js'
import { type Stores, testStores } from './stores.js'

const mild = (messageId: string) => ({
  messageId,
  user: userOf(),
  sentAtMs: 0,
  verdict: { key: 'ch1:u1', value: `{"messageId":"${messageId}","note":"\\u0000 시발점 😀"}` },
})

const openLog = () => {
  const database = openSqlite(':memory:')
  const rows = (table: string) =>
    (database.sql.prepare(`SELECT key, value FROM ${table} ORDER BY id`).all() as { value: string }[]).map(
      ({ value }) => value,
    )
  return { log: new SqliteRecordLog(database), rows }
}

testStores('an outbox that nobody wrote is empty', async ({ outbox }) => {
  expect(await outbox.read('none/0', 10)).toEqual([])
  expect(await outbox.depth('none/0')).toEqual({ entries: 0, oldestMs: 0 })
  await outbox.ack('none/0', [])
  await outbox.ack('none/0', ['1', '2-0'])
})

testStores('entries come in the order of the effects, a verdict before its case', async (stores) => {
  await applyAll(stores, [mild('m0'), flagged('m1'), mild('m2'), flagged('m3')])

  const entries = await stores.outbox.read(PARTITION, 10)

  expect(entries.map((e) => e.kind)).toEqual(['verdict', 'verdict', 'case-opened', 'verdict', 'verdict'])
  expect(entries[0]).toEqual({ ...mild('m0').verdict, kind: 'verdict', id: entries[0]?.id })
  const opened = (await stores.cases.list({ limit: 1 })).cases[0]
  const snapshot = { ...opened, strikes: 1, lines: opened?.lines.filter((l) => l.messageId === 'm1') }
  expect(entries[2]).toMatchObject({ jobId: opened?.id, snapshot })
})

testStores('reading takes the oldest, and only acknowledged entries leave', async ({ outbox, ...rest }) => {
  await applyAll({ outbox, ...rest }, ['a', 'b', 'c'].map(mild))
  const first = await outbox.read(PARTITION, 2)
  expect(await outbox.read(PARTITION, 2)).toEqual(first)

  await outbox.ack(
    PARTITION,
    first.map((e) => e.id),
  )

  const left = await outbox.read(PARTITION, 10)
  expect(left.map((e) => e.kind === 'verdict' && e.value)).toEqual([mild('c').verdict.value])
  const { entries, oldestMs } = await outbox.depth(PARTITION)
  expect(entries).toBe(1)
  expect(oldestMs).toBeGreaterThanOrEqual(0)
  expect(oldestMs).toBeLessThan(60_000)
})

testStores('partitions do not see each other', async (stores) => {
  await applyAll(stores, [mild('m1')], 'a/1')

  await stores.outbox.ack(
    'a/2',
    (await stores.outbox.read('a/1', 10)).map((e) => e.id),
  )

  expect(await stores.outbox.read('a/1', 10)).toHaveLength(1)
  expect(await stores.outbox.read('a/2', 10)).toHaveLength(0)
})

testStores('the relay publishes everything once and empties the outbox', async (stores) => {
  const { log, rows } = openLog()
  await applyAll(stores, [
    ...Array.from({ length: 600 }, (_, i) => mild(`m${i}`)),
    flagged('f1'),
    flagged('f2', { user: userOf('u2') }),
  ])
  const queued: string[] = []
  const published: number[] = []
  const hooks = {
    onQueued: (result: string) => queued.push(result),
    onPublished: (seconds: number) => published.push(seconds),
  }
  const relay = createRelay({ ...stores, log, hooks })

  expect(await relay.drain(PARTITION)).toBe(604)

  expect(rows('verdicts')).toHaveLength(602)
  expect(rows('verdicts')[5]).toBe(mild('m5').verdict.value)
  expect(await stores.queue.counts()).toMatchObject({ waiting: 2 })
  expect(await stores.outbox.depth(PARTITION)).toEqual({ entries: 0, oldestMs: 0 })
  expect(queued).toEqual(['ok', 'ok'])
  expect(published).toHaveLength(3)
  expect(await relay.drain(PARTITION)).toBe(0)
})

const crashBeforeAck = ({ outbox, ...rest }: Stores): Stores => ({
  ...rest,
  outbox: {
    read: (...args) => outbox.read(...args),
    depth: (...args) => outbox.depth(...args),
    ack: async () => {
      throw new Error('killed')
    },
  },
})

testStores('dying between publishing and acknowledging repeats records and never a job', async (stores) => {
  const { log, rows } = openLog()
  await applyAll(stores, [flagged('m1'), flagged('m2')])
  await expect(createRelay({ ...crashBeforeAck(stores), log }).drain(PARTITION)).rejects.toThrow('killed')

  await createRelay({ ...stores, log }).drain(PARTITION)

  expect(rows('verdicts')).toEqual([
    '{"messageId":"m1"}',
    '{"messageId":"m2"}',
    '{"messageId":"m1"}',
    '{"messageId":"m2"}',
  ])
  expect(await stores.queue.counts()).toMatchObject({ waiting: 1 })
})

testStores('a failing log keeps the entries for the next call', async (stores) => {
  const { log, rows } = openLog()
  await applyAll(stores, [flagged('m1')])
  const away: RecordLog = {
    verdicts: async () => Promise.reject(new Error('away')),
    decisions: async () => {},
    deadLetters: async () => {},
    close: async () => {},
  }
  await expect(createRelay({ ...stores, log: away }).drain(PARTITION)).rejects.toThrow('away')

  expect(await createRelay({ ...stores, log }).drain(PARTITION)).toBe(2)
  expect(rows('verdicts')).toHaveLength(1)
})

testStores('calls at the same time share the work and miss nothing', async (stores) => {
  const { log, rows } = openLog()
  const relay = createRelay({ ...stores, log })
  const drains: Promise<number>[] = []
  for (let i = 0; i < 20; i++) {
    await applyAll(stores, [mild(`m${i}`)])
    drains.push(relay.drain(PARTITION), relay.drain(PARTITION))
  }

  await Promise.all(drains)

  expect(rows('verdicts')).toEqual(Array.from({ length: 20 }, (_, i) => mild(`m${i}`).verdict.value))
  expect(await stores.outbox.depth(PARTITION)).toMatchObject({ entries: 0 })
})

testStores('a decision relayed before its opening still ends the job', async (stores) => {
  const { log, rows } = openLog()
  await applyAll(stores, [flagged('m1')])
  const caseId = (await stores.cases.list({ limit: 1 })).cases[0]?.id ?? ''
  await stores.cases.decide(caseId, { decision: 'ban' }, '2026-01-15T12:01:00.000Z')
  const relay = createRelay({ ...stores, log })

  await relay.drain('decisions')
  await relay.drain(PARTITION)

  expect(rows('decisions')).toHaveLength(1)
  expect(await stores.queue.counts()).toMatchObject({ waiting: 0 })
})
