import { randomUUID } from 'node:crypto'
import { test } from 'vitest'
import { BullmqQueue } from '../../src/queue/bullmq-queue.js'
import type { CaseStore } from '../../src/queue/case-store.js'
import type { ModerationQueue } from '../../src/queue/moderation-queue.js'
import type { Outbox } from '../../src/queue/outbox.js'
import { RedisCaseStore } from '../../src/queue/redis-case-store.js'
import { RedisOutbox } from '../../src/queue/redis-outbox.js'
import { SqliteCaseStore } from '../../src/queue/sqlite-case-store.js'
import { SqliteOutbox } from '../../src/queue/sqlite-outbox.js'
import { SqliteQueue } from '../../src/queue/sqlite-queue.js'
import type { Suggest } from '../../src/users/case-record.js'
import { closeRedis, openRedis, type Redis } from '../../src/users/redis.js'
import { RedisUserStore } from '../../src/users/redis-user-store.js'
import { openSqlite } from '../../src/users/sqlite.js'
import { SqliteUserStore } from '../../src/users/sqlite-user-store.js'
import type { UserStore } from '../../src/users/user-store.js'

export interface Stores {
  readonly users: UserStore
  readonly cases: CaseStore
  readonly outbox: Outbox
  readonly queue: ModerationQueue
  close(): Promise<void>
}

export const HALF_LIFE_MS = 3_600_000
export const suggest: Suggest = (strikes) => (strikes >= 3 ? 'timeout' : 'warn')
const options = { halfLifeMs: HALF_LIFE_MS, suggest }

export const openSqliteStores = async (path = ':memory:'): Promise<Stores> => {
  const database = openSqlite(path)
  return {
    users: new SqliteUserStore(database, options),
    cases: new SqliteCaseStore(database, options),
    outbox: new SqliteOutbox(database, suggest),
    queue: new SqliteQueue(database),
    close: async () => database.close(),
  }
}

/** All stores on one connection; the data and the connection stay. */
export const redisStoresOn = (redis: Redis, prefix: string): Stores => {
  const cases = new RedisCaseStore(redis, options, prefix)
  const queue = new BullmqQueue(redis, prefix)
  return {
    users: new RedisUserStore(redis, options, prefix),
    cases,
    outbox: new RedisOutbox(redis, suggest, prefix),
    queue,
    close: async () => {
      await cases.close()
      await queue.close()
    },
  }
}

const removeAll = async (redis: Redis, prefix: string): Promise<void> => {
  for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1000 }))
    if (keys.length > 0) await redis.unlink(...keys)
}

/** Stores under a prefix of their own, removed on close, so that no other data is touched. */
export const openRedisStores = async (
  address: string,
  prefix = `haechi-test-${randomUUID()}`,
): Promise<Stores> => {
  const redis = await openRedis(address, { name: 'haechi-test' })
  const stores = redisStoresOn(redis, prefix)
  return {
    ...stores,
    close: async () => {
      await stores.close()
      await removeAll(redis, prefix)
      await closeRedis(redis)
    },
  }
}

const url = process.env.REDIS_URL
const isRequired = process.env.HAECHI_REQUIRE_SERVERS === '1'
if (!url && !isRequired) console.warn('NOT RUN: the contracts on Redis; set REDIS_URL to run them')

/** A test that needs a Redis: without one it is skipped, or fails where servers are required. */
export const testRedis = (title: string, run: (url: string) => Promise<void>): void => {
  test.skipIf(!url && !isRequired)(title, async () => {
    if (!url) throw new Error('HAECHI_REQUIRE_SERVERS=1 but REDIS_URL is not set')
    await run(url)
  })
}

const runWith = async (stores: Stores, run: (stores: Stores) => Promise<void>): Promise<void> => {
  try {
    await run(stores)
  } finally {
    await stores.close()
  }
}

/** One clause of a contract, run on fresh stores of each kind. */
export const testStores = (title: string, run: (stores: Stores) => Promise<void>): void => {
  test(`${title} (SQLite)`, async () => runWith(await openSqliteStores(), run))
  testRedis(`${title} (Redis)`, async (url) => runWith(await openRedisStores(url), run))
}
