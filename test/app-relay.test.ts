import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OutboxRelay } from '../src/app-relay.js'
import { UnavailableError } from '../src/errors.js'
import type { OutboxEntry } from '../src/queue/outbox.js'
import { SqliteQueue } from '../src/queue/sqlite-queue.js'
import { SqliteRecordLog } from '../src/queue/sqlite-record-log.js'
import { createMetrics } from '../src/telemetry/metrics.js'
import { openSqlite } from '../src/users/sqlite.js'

const PARTITIONS = Array.from({ length: 24 }, (_, index) => `chat.messages/${index}`)

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const setUp = (read: (partition: string) => Promise<readonly OutboxEntry[]>) => {
  const database = openSqlite(':memory:')
  const warn = vi.fn()
  const relay = new OutboxRelay({
    ports: {
      outbox: { read, ack: async () => {}, depth: async () => ({ entries: 2, oldestMs: 500 }) },
      log: new SqliteRecordLog(database),
      queue: new SqliteQueue(database),
    },
    metrics: createMetrics(new Registry()),
    logger: { debug: () => {}, info: () => {}, warn, error: () => {} },
  })
  relay.partitions = PARTITIONS
  return { relay, warn }
}

test('every partition is tried again each second, without a new message', async () => {
  const read = vi.fn(async () => [])
  const { relay } = setUp(read)

  await vi.advanceTimersByTimeAsync(2_000)
  await relay.close()

  expect(read).toHaveBeenCalledTimes(3 * PARTITIONS.length)
})

test('a store that is away rejects nothing, and the log hears of it now and then only', async () => {
  const { relay, warn } = setUp(async () => {
    throw new UnavailableError('Redis is away')
  })

  await relay.drain('chat.messages/0')
  await vi.advanceTimersByTimeAsync(10_000)
  await relay.close()

  expect(warn.mock.calls.length).toBeGreaterThanOrEqual(2)
  expect(warn.mock.calls.length).toBeLessThanOrEqual(3)
  expect(warn.mock.calls[0]?.[0]).toMatchObject({ error: expect.stringContaining('Redis is away') })
})

test('closing does not wait for a store that never answers', async () => {
  const { relay } = setUp(() => new Promise(() => {}))

  const closed = relay.close()
  await vi.advanceTimersByTimeAsync(2_000)

  await expect(closed).resolves.toBeUndefined()
})
