import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { UnavailableError } from '../../src/errors.js'
import { closeRedis, openRedis, pingRedis, type Redis } from '../../src/users/redis.js'
import { type BreakableProxy, openBreakableProxy } from './breakable-proxy.js'
import { applyAll, batchOf, flagged, PARTITION, userOf } from './effects.js'
import { openRedisStores, redisStoresOn, type Stores, testRedis } from './stores.js'

const COMMAND_TIMEOUT_MS = 300
const BOUND_MS = 2_000

interface Away {
  readonly stores: Stores
  readonly redis: Redis
  readonly proxy: BreakableProxy
  /** The same data, without the proxy. */
  readonly direct: Stores
}

const testAway = (title: string, run: (away: Away) => Promise<void>): void =>
  testRedis(title, async (url) => {
    const prefix = `haechi-test-${randomUUID()}`
    const proxy = await openBreakableProxy(url)
    const redis = await openRedis(proxy.url, { name: 'haechi-test', commandTimeoutMs: COMMAND_TIMEOUT_MS })
    const stores = redisStoresOn(redis, prefix)
    const direct = await openRedisStores(url, prefix)
    try {
      await run({ stores, redis, proxy, direct })
    } finally {
      proxy.close()
      await stores.cases.close()
      redis.disconnect()
      await direct.close()
    }
  })

const snapshotOf = async ({ cases }: Stores) => {
  const found = (await cases.list({ limit: 1 })).cases[0]
  if (!found) throw new Error('no case')
  return found
}

/** Every operation of every port. */
const operations = async ({ stores, redis, direct }: Away): Promise<readonly (() => Promise<unknown>)[]> => {
  await applyAll(direct, [flagged('m1')])
  const snapshot = await snapshotOf(direct)
  const { users, cases, outbox, queue } = stores
  return [
    () => pingRedis(redis),
    () => users.watermark(PARTITION),
    () => users.fragments([userOf()]),
    () => users.apply(batchOf([flagged('m2')], 0)),
    () => cases.list({ limit: 1 }),
    () => cases.decide(snapshot.id, { decision: 'ban' }, snapshot.openedAt),
    () => cases.events('0-0', AbortSignal.timeout(5_000))[Symbol.asyncIterator]().next(),
    () => outbox.read(PARTITION, 1),
    () => outbox.ack(PARTITION, ['1-0']),
    () => outbox.depth(PARTITION),
    () => queue.add('c1', snapshot),
    () => queue.complete('c1'),
    () => queue.counts(),
  ]
}

const expectAllUnavailable = async (all: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const startMs = performance.now()
  const results = await Promise.allSettled(all.map((operation) => operation()))
  expect(performance.now() - startMs).toBeLessThan(BOUND_MS)
  for (const [i, result] of results.entries()) {
    expect(`${i} ${result.status}`).toBe(`${i} rejected`)
    expect(result.status === 'rejected' && result.reason).toBeInstanceOf(UnavailableError)
  }
}

const retry = async <T>(operation: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await operation()
    } catch (error) {
      if (attempt === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

test('a first connection that fails names the address without its password', async () => {
  const opening = openRedis('redis://worker:s3cret@127.0.0.1:1', { name: 'haechi-test' })

  const error = await opening.catch((e: unknown) => e)

  expect(error).toBeInstanceOf(UnavailableError)
  expect(String(error)).toContain('redis://worker:***@127.0.0.1:1')
  expect(String(error)).toContain('ECONNREFUSED')
  expect(JSON.stringify(error) + String(error)).not.toContain('s3cret')
})

testAway('with the connection cut every operation rejects at once', async (away) => {
  const all = await operations(away)
  away.proxy.cut()

  await expectAllUnavailable(all)
})

testAway('cut in flight, every operation rejects', async (away) => {
  const all = await operations(away)
  away.proxy.stall()
  setTimeout(() => away.proxy.cut(), 50)

  await expectAllUnavailable(all)
})

testAway('with a Redis that does not answer every operation rejects after its timeout', async (away) => {
  const all = await operations(away)
  away.proxy.stall()

  await expectAllUnavailable(all)
})

testAway(
  'after it is back the stores work again without being opened again',
  async ({ stores, proxy, direct }) => {
    await applyAll(direct, [flagged('m1')])
    await snapshotOf(stores)
    proxy.cut()
    await expect(stores.users.watermark(PARTITION)).rejects.toThrow('cannot be used')

    proxy.heal()

    expect(await retry(() => stores.users.watermark(PARTITION))).toBe(0)
    expect(await retry(async () => stores.queue.add('c1', await snapshotOf(stores)))).toBe('ok')
  },
)

testAway(
  'after a stall late answers are dropped and new ones are right',
  async ({ stores, proxy, direct }) => {
    await applyAll(direct, [flagged('m1')])
    proxy.stall()
    await expect(stores.outbox.read(PARTITION, 1)).rejects.toBeInstanceOf(UnavailableError)

    proxy.heal()

    expect(await stores.users.watermark(PARTITION)).toBe(0)
    expect(await stores.queue.add('c1', await snapshotOf(stores))).toBe('ok')
  },
)

testAway('stores made while Redis is away work once it is back', async ({ redis, proxy }) => {
  proxy.cut()
  await expect(pingRedis(redis)).rejects.toBeInstanceOf(UnavailableError)
  const late = redisStoresOn(redis, `haechi-test-${randomUUID()}`)
  await expect(late.queue.counts()).rejects.toBeInstanceOf(UnavailableError)

  proxy.heal()

  expect(await retry(() => late.queue.counts())).toMatchObject({ waiting: 0 })
  expect(await retry(() => late.cases.list({ limit: 1 }))).toEqual({ cases: [], total: 0 })
  await late.close()
})

testAway('a Redis that lost its scripts gets them again', async ({ stores, redis }) => {
  await applyAll(stores, [flagged('m1')])
  await redis.script('FLUSH')

  expect(await applyAll(stores, [flagged('m2')])).toMatchObject({ effects: [{ strikes: 2 }] })
})

testAway('a batch whose answer was lost is applied once', async ({ stores, proxy, direct }) => {
  for (let i = 0; i < 10; i++) {
    const batch = batchOf([flagged(`m${i}`)], i - 1)
    const applying = stores.users.apply(batch)
    setImmediate(() => proxy.cut())
    await applying.catch(() => {})
    proxy.heal()

    const again = await retry(() => stores.users.apply(batch))

    expect(again.kind === 'applied' || again.watermark === i).toBe(true)
  }
  expect((await snapshotOf(direct)).lines).toHaveLength(10)
  expect((await snapshotOf(direct)).strikes).toBe(10)
})

testAway('events go on after a cut, from the last one seen', async ({ stores, proxy, direct }) => {
  const signal = AbortSignal.timeout(10_000)
  const first = stores.cases.events(null, signal)[Symbol.asyncIterator]()
  const waiting = first.next()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await applyAll(direct, [flagged('m1')])
  const seen = await waiting
  proxy.cut()
  await expect(first.next()).rejects.toBeInstanceOf(UnavailableError)
  await applyAll(direct, [flagged('m2')])

  proxy.heal()
  await retry(() => stores.users.watermark(PARTITION))
  const second = stores.cases.events(seen.done ? null : seen.value.id, signal)[Symbol.asyncIterator]()

  expect((await second.next()).value).toMatchObject({ kind: 'updated' })
})

testAway('closing while Redis is away returns, twice', async ({ stores, redis, proxy }) => {
  proxy.stall()
  const startMs = performance.now()

  for (let i = 0; i < 2; i++) {
    await stores.cases.close()
    await stores.queue.close()
    await closeRedis(redis)
  }

  expect(performance.now() - startMs).toBeLessThan(BOUND_MS)
})
