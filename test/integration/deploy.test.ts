import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startKafka, whyNoKafka } from '#local/kafka.mjs'
import { whyMissing } from '#local/processes.mjs'
import { startRedis, whyNoRedis } from '#local/redis.mjs'
import { packageRoot } from '../../src/package-root.js'
import { type ComposedService, startComposed } from '../fixtures/composed.js'
import { readPanels, readPrometheus, readRules } from '../fixtures/deployment.js'
import { startIrcServer } from '../fixtures/irc-server.js'
import { type Prometheus, startPrometheus } from '../fixtures/prometheus.js'

// Servers of its own: on a shared broker the topics would not be as a fresh `docker compose up` finds them.
const isMissing = [whyNoKafka(), whyNoRedis(), whyMissing('prometheus', ['--version'])].some(Boolean)
const isOptional = process.env.HAECHI_REQUIRE_SERVERS !== '1'

const ABUSE = '야 이 시발 병신 새끼야 꺼져 뒤져'
const cleanups: (() => unknown)[] = []
const services: Record<string, ComposedService> = {}
let prometheus: Prometheus

const until = async (claim: () => Promise<boolean>, timeoutMs = 30_000): Promise<boolean> => {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(250))
    if (await claim()) return true
  return false
}

const envelope = (round: number, user: number, text: string, source = 'twitch') => ({
  key: `c1:u${user}`,
  value: JSON.stringify({
    id: `${source}-${round}-${user}`,
    source,
    channel: { id: 'c1', name: 'channel' },
    author: { id: `u${user}`, name: `user ${user}` },
    text,
    sentAt: new Date().toISOString(),
  }),
})

/** One second of a stream: clean, repeated and abusive chat, a board post, and a record that is no JSON. */
const produceRound = async (producer: kafkajs.Producer, round: number): Promise<void> => {
  const chat = [
    envelope(round, 1, 'ㅋㅋㅋㅋㅋ'),
    envelope(round, 2, `오늘 방송 ${round}번째 판 재밌다`),
    envelope(round, 3, '시발점부터 다시 보자'),
    envelope(round, 100 + round, `${ABUSE} ${round}`),
    { key: 'c1:u4', value: '{"id": ' },
  ]
  await producer.sendBatch({
    topicMessages: [
      { topic: 'chat.messages', messages: chat },
      {
        topic: 'board.posts',
        messages: [envelope(round, 5, `${round}번째 글입니다. 잘 부탁드려요.`, 'board')],
      },
    ],
  })
}

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'haechi-deploy-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A chat filter that the stream sets off: without one its panel is empty. */
const writeSettings = (): string => {
  const file = join(temporaryFolder(), 'haechi.yaml')
  writeFileSync(file, 'channels: { default: { filters: { flood: { messages: 3, seconds: 10 } } } }')
  return file
}

/** The shipped configuration with two changes: targets by address, and a second for every interval. */
const startShippedPrometheus = async (): Promise<Prometheus> => {
  const folder = temporaryFolder()
  cpSync(join(packageRoot, 'deploy/prometheus/rules.yml'), join(folder, 'rules.yml'))
  const { raw, jobs } = readPrometheus()
  const scrape_configs = jobs.map(({ dns_sd_configs, ...job }) => ({
    ...job,
    static_configs: dns_sd_configs.flatMap(({ names }) =>
      names.map((name) => ({ targets: [`127.0.0.1:${services[name]?.metricsPort}`] })),
    ),
  }))
  const global = { scrape_interval: '1s', evaluation_interval: '1s' }
  const started = await startPrometheus({ ...raw, global, scrape_configs }, folder)
  cleanups.push(() => started.stop())
  return started
}

const casesUrl = (): string => `http://127.0.0.1:${services.feed?.port}/api/cases`

const openCases = async (): Promise<{ id: string; user: { id: string } }[]> => {
  const answer = await (await fetch(`${casesUrl()}?state=open&limit=1000`)).json()
  const item = z.object({ id: z.string(), user: z.object({ id: z.string() }) })
  return z.object({ cases: z.array(item) }).parse(answer).cases
}

/** Decides on the first open case through the page's API. */
const decideFirstCase = async (): Promise<boolean> => {
  const [first] = await openCases()
  if (first === undefined) return false
  const decided = await fetch(`${casesUrl()}/${encodeURIComponent(first.id)}/decision`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ decision: 'dismiss' }),
  })
  return decided.ok
}

/** A channel on a chat server of our own, with the bot in it; gives what says an abusive line there. */
const startBot = async (addresses: Readonly<Record<string, string>>): Promise<() => void> => {
  const irc = await startIrcServer({ roomId: () => '71' })
  cleanups.push(() => irc.close())
  const variables = { TWITCH_CHANNELS: 'some_channel', TWITCH_IRC_URL: irc.url }
  services.bot = await startComposed('bot', addresses, variables)
  await irc.joined('some_channel')
  const tags = {
    'display-name': 'Loud',
    'room-id': '71',
    'user-id': '7001',
    id: 'b1',
    'tmi-sent-ts': `${Date.now()}`,
  }
  return () => irc.say({ channel: 'some_channel', login: 'loud', tags, text: ABUSE })
}

const startAll = async () => {
  const [kafka, redis] = await Promise.all([startKafka(), startRedis()])
  cleanups.push(
    () => kafka.stop(),
    () => redis.stop(),
  )
  const addresses = { 'kafka:9092': kafka.brokers, 'redis://valkey:6379': redis.url }
  services.worker = await startComposed('worker', addresses, {}, { HAECHI_CONFIG: writeSettings() })
  services.feed = await startComposed('feed', addresses)
  const sayOnTwitch = await startBot(addresses)
  cleanups.push(() => Promise.all(Object.values(services).map((service) => service.stop())))
  await Promise.all(Object.values(services).map((service) => service.untilHealthy(60_000)))
  const client = new kafkajs.Kafka({ brokers: [kafka.brokers], logLevel: kafkajs.logLevel.NOTHING })
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  cleanups.push(() => producer.disconnect())
  return { producer, sayOnTwitch }
}

describe.skipIf(isOptional && isMissing)('the composed cluster', () => {
  beforeAll(async () => {
    const { producer, sayOnTwitch } = await startAll()
    prometheus = await startShippedPrometheus()
    for (let round = 0; round < 10; round++) {
      await produceRound(producer, round)
      await sleep(1_000)
    }
    await until(decideFirstCase)
    sayOnTwitch()
  }, 180_000)

  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })

  test('a flagged user becomes a case that a moderator can decide on', async () => {
    expect(
      await until(async () => (await prometheus.query('haechi_moderator_decisions_total')).length > 0),
    ).toBe(true)
  })

  test('a line on Twitch becomes a case', async () => {
    expect(await until(async () => (await openCases()).some(({ user }) => user.id === '7001'))).toBe(true)
  })

  test.each(readPanels().flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr])))(
    'panel "%s" has data: %s',
    async (_title, expression = '') => {
      const asked = expression.replaceAll('$__rate_interval', '30s')

      expect(await until(async () => (await prometheus.query(asked)).some(Number.isFinite))).toBe(true)
    },
  )

  test('everything that the alerts watch is there', async () => {
    const names = readRules().flatMap(({ expr }) => expr.match(/\b(?:haechi|nodejs|process)_\w+/g) ?? [])
    // Errors have no series until the first one.
    const watched = [...new Set(names)].filter((name) => !name.endsWith('_errors_total'))
    const absent: string[] = []
    for (const name of watched) if ((await prometheus.query(name)).length === 0) absent.push(name)

    expect(absent).toEqual([])
  })

  test('every rule is evaluated without an error, and no alert fires while all is well', async () => {
    await until(async () => (await prometheus.rules()).every(({ health }) => health === 'ok'))
    const rules = await prometheus.rules()

    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([])
    expect(rules.filter(({ state }) => state === 'firing')).toEqual([])
  })

  test('each service ends cleanly when it is asked to', async () => {
    const codes = await Promise.all(Object.values(services).map((service) => service.stop()))

    expect(codes).toEqual(codes.map(() => 0))
  }, 60_000)
})
