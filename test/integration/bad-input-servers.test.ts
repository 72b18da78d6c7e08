import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startKafka } from '#local/kafka.mjs'
import { freePorts } from '#local/processes.mjs'
import { startRedis, whyNoRedis } from '#local/redis.mjs'
import { startHaechi } from '../e2e/haechi-process.js'
import { type RunningHaechi, spawnHaechi } from '../fixtures/haechi-run.js'
import { ABUSE, Cluster, envelope, mayNotRun, untilCase } from './cluster.js'
import { until } from './kafka-helpers.js'

// Servers that are away: the process stays, says what it waits for, and goes on when they come.

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

interface Started {
  readonly process: RunningHaechi
  readonly url: string
}

/** With a metrics port of its own, so that it can be asked before it says where it is. */
const start = async (args: readonly string[], env: Readonly<Record<string, string>>): Promise<Started> => {
  const [port = 0] = await freePorts(1)
  const process = spawnHaechi([...args, '--json'], { HAECHI_METRICS_PORT: String(port), ...env })
  cleanups.push(() => process.stop('SIGKILL'))
  return { process, url: `http://127.0.0.1:${port}` }
}

const readiness = async (url: string) => {
  const response = await fetch(`${url}/readyz`)
  const { notReady } = z.object({ notReady: z.array(z.string()) }).parse(await response.json())
  return { status: response.status, notReady }
}

const nowhere = async (): Promise<{ kafka: string; redis: string }> => {
  const [kafka = 0, redis = 0] = await freePorts(2)
  return { kafka: `127.0.0.1:${kafka}`, redis: `redis://:hidden@127.0.0.1:${redis}` }
}

/** A server that was started again in its folder leaves it. */
const forget =
  (...folders: readonly string[]) =>
  () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }

const logLine = z.object({
  level: z.string(),
  time: z.iso.datetime(),
  process: z.string(),
  message: z.string(),
})

describe.skipIf(whyNoRedis() !== undefined && process.env.HAECHI_REQUIRE_SERVERS !== '1')(
  'without Kafka',
  () => {
    test.each(['worker', 'feed'])(
      '%s waits, says so, is alive and not ready, and stops within ten seconds',
      async (command) => {
        const redis = await startRedis()
        cleanups.push(() => redis.stop())
        const { kafka } = await nowhere()

        const { process, url } = await start([command], { KAFKA_BROKERS: kafka, REDIS_URL: redis.url })
        await process.says(/waiting for Kafka/)

        expect((await fetch(`${url}/livez`)).status).toBe(200)
        expect(await readiness(url)).toMatchObject({
          status: 503,
          notReady: expect.arrayContaining(['topics']),
        })
        const { code, tookMs } = await process.stop('SIGTERM')
        expect(code, process.stderr()).toBe(0)
        expect(tookMs).toBeLessThan(10_000)
        expect(process.stderr()).toContain(kafka)
      },
    )
  },
)

describe('without any server', () => {
  test.each(['worker', 'feed'])(
    '%s waits for Redis, and its log is JSON without secrets',
    async (command) => {
      const { kafka, redis } = await nowhere()

      const { process, url } = await start([command], { KAFKA_BROKERS: kafka, REDIS_URL: redis })
      await process.says(/waiting for Redis/)

      expect((await fetch(`${url}/livez`)).status).toBe(200)
      expect(await readiness(url)).toMatchObject({ status: 503, notReady: expect.arrayContaining(['redis']) })
      const { code, tookMs } = await process.stop('SIGINT')
      expect(code, process.stderr()).toBe(0)
      expect(tookMs).toBeLessThan(10_000)
      expect(process.stdout()).toBe('')
      expect(process.stderr()).not.toContain('hidden')
      for (const line of process.stderr().trim().split('\n'))
        expect(logLine.parse(JSON.parse(line)).process).toBe(command)
    },
  )

  test('an embedded process waits for Twitch', async () => {
    const data = mkdtempSync(join(tmpdir(), 'haechi-away-'))
    cleanups.push(forget(data))
    const [port = 0] = await freePorts(1)
    const env = { TWITCH_IRC_URL: `ws://127.0.0.1:${port}`, HAECHI_DATA: data, HAECHI_PORT: '0' }

    const { process, url } = await start(['up', '--twitch', 'some_channel'], env)
    await process.says(/not connected to Twitch chat; trying again/)

    expect((await fetch(`${url}/livez`)).status).toBe(200)
    expect(await readiness(url)).toEqual({ status: 503, notReady: ['stream'] })
    expect(await process.stop('SIGINT')).toMatchObject({ code: 0 })
  })

  test('the bot waits for Kafka', async () => {
    const { kafka } = await nowhere()

    const { process, url } = await start(['bot', '--twitch', 'some_channel'], { KAFKA_BROKERS: kafka })
    await process.says(/waiting for Kafka/)

    expect(await readiness(url)).toEqual({ status: 503, notReady: ['kafka', 'twitch'] })
    expect(await process.stop('SIGTERM')).toMatchObject({ code: 0 })
  })
})

describe.skipIf(mayNotRun('servers that come and go'))('a cluster', () => {
  test('starts when its servers do, whatever came first', async () => {
    const [kafkaPort = 0, redisPort = 0] = await freePorts(2)
    const env = { KAFKA_BROKERS: `127.0.0.1:${kafkaPort}`, REDIS_URL: `redis://127.0.0.1:${redisPort}` }
    const { process, url } = await start(['worker'], env)
    await process.says(/waiting for Redis/)

    const redis = await startRedis({ port: redisPort })
    cleanups.push(() => redis.stop())
    await process.says(/waiting for Kafka/)
    const kafka = await startKafka({ port: kafkaPort })
    cleanups.push(() => kafka.stop())

    await process.says(/"ready"/, 60_000)
    expect(await readiness(url)).toEqual({ status: 200, notReady: [] })
    expect(await process.stop('SIGTERM')).toMatchObject({ code: 0 })
  }, 180_000)

  test('loses nothing, and doubles nothing, when Redis is killed in flight and comes back', async () => {
    const first = await startRedis()
    const kafka = await startKafka()
    let redis = first
    const env = { KAFKA_BROKERS: kafka.brokers, REDIS_URL: first.url }
    const stop = async () => void (await Promise.all([kafka.stop(), redis.stop()]))
    cleanups.push(forget(first.folder))
    const cluster = await Cluster.start({ workers: 1, feeds: 1 }, { env, stop })
    cleanups.push(() => cluster.stop())
    const ids = Array.from({ length: 400 }, (_, n) => `m${n}`)
    const messages = ids.map((id, n) => envelope(id, `u${n % 20}`, ABUSE))

    await cluster.produce('chat.messages', messages.slice(0, 200))
    await until(() => cluster.verdicts().length > 0)
    await first.kill()
    await cluster.produce('chat.messages', messages.slice(200))
    const [worker] = cluster.workers
    await until(async () => (await readiness(worker?.metricsUrl ?? '')).notReady.includes('redis'))
    await sleep(1_000)
    redis = await startRedis({ port: first.port, folder: first.folder })

    const found = await cluster.verdictsOf(...ids)
    expect(found.map(({ verdict }) => verdict)).toEqual(ids.map(() => 'flag'))
    const published = new Map<string, unknown>()
    for (const { messageId, raw } of cluster.verdicts()) {
      expect(raw).toEqual(published.get(messageId) ?? raw)
      published.set(messageId, raw)
    }
    // Twenty lines for each user, each message once.
    for (let user = 0; user < 20; user += 1) {
      const { lines } = await untilCase(cluster.pageUrl, 'open', `u${user}`)
      const seen = z.array(z.object({ messageId: z.string() })).parse(lines)
      expect(new Set(seen.map(({ messageId }) => messageId)).size).toBe(20)
    }
    expect((await readiness(worker?.metricsUrl ?? '')).status).toBe(200)
  }, 180_000)

  test.each([
    ['Redis', true, false],
    ['everything', true, true],
  ])(
    'ends within ten seconds when told to while %s is away, and judges later what was in flight',
    async (_what, isRedisAway, isKafkaAway) => {
      let [kafka, redis] = await Promise.all([startKafka(), startRedis()])
      const env = { KAFKA_BROKERS: kafka.brokers, REDIS_URL: redis.url }
      const stop = async () => void (await Promise.all([kafka.stop(), redis.stop()]))
      cleanups.push(forget(kafka.folder, redis.folder))
      const cluster = await Cluster.start({ workers: 1, feeds: 1 }, { env, stop })
      cleanups.push(() => cluster.stop())
      await cluster.produce('chat.messages', [envelope('before', 'u', ABUSE)])
      await cluster.verdictsOf('before')

      if (isRedisAway) await redis.kill()
      await cluster.produce('chat.messages', [envelope('in-flight', 'u', ABUSE), { key: 'c1:u', value: '{' }])
      if (isKafkaAway) await kafka.kill()
      await sleep(1_000)
      const askedAt = performance.now()
      const codes = await Promise.all([...cluster.workers.splice(0), cluster.feed].map((one) => one.stop()))
      const tookMs = performance.now() - askedAt
      if (isRedisAway) redis = await startRedis({ port: redis.port, folder: redis.folder })
      if (isKafkaAway) kafka = await startKafka({ port: kafka.port, folder: kafka.folder })
      await cluster.startWorker()

      expect(codes).toEqual([0, 0])
      expect(tookMs).toBeLessThan(10_000)
      const [found] = await cluster.verdictsOf('in-flight')
      expect(found?.verdict).toBe('flag')
    },
    180_000,
  )

  test('a feed whose Redis is away says so and answers again when it is back', async () => {
    const first = await startRedis()
    const kafka = await startKafka()
    let redis = first
    cleanups.push(
      forget(first.folder),
      () => kafka.stop(),
      () => redis.stop(),
    )
    const feed = await startHaechi('feed', ['feed'], { KAFKA_BROKERS: kafka.brokers, REDIS_URL: first.url })
    cleanups.push(() => feed.stop())
    const cases = async () => (await fetch(`${feed.pageUrl}/api/cases?state=open`)).status

    expect(await cases()).toBe(200)
    await first.kill()
    const whileAway = await cases()
    redis = await startRedis({ port: first.port, folder: first.folder })
    await until(async () => (await cases()) === 200)

    expect(whileAway).toBe(503)
  }, 180_000)
})
