import { setTimeout as sleep } from 'node:timers/promises'
import type { Kafka } from 'kafkajs'
import kafkajs from 'kafkajs'
import { startKafka } from '#local/kafka.mjs'
import { startRedis } from '#local/redis.mjs'
import { createKafka } from '../../src/sources/kafka-client.js'
import { createLogger } from '../../src/telemetry/logger.js'
import { startHaechi } from '../e2e/haechi-process.js'
import { generateChat } from '../fixtures/stream-generator-chat.js'
import type { Figure } from './report.js'
import { quantileBetween, type Sample, scrape } from './scrape.js'

const TICK_MS = 20
const HOLD_SECONDS = 60
const STEADY_RATE = 6_000
const STEADY_SECONDS = 60
/** At 6,000/s each says something every 17 s: about what people do in a busy chat. */
const USERS = 100_000
const CHANNELS = 50
/** Open-loop rates to try, upwards; the last that held is held again for a minute. */
const RATES = [6_000, 8_000, 10_000, 12_000, 14_000, 16_000, 20_000, 25_000]
const PROBE_SECONDS = 8
/** Lag is flat when less than this much of the offered load is waiting at the end. */
const FLAT_SECONDS = 0.5

interface Load {
  /** Produces at `rate` for `seconds`, whatever the worker does. */
  run(rate: number, seconds: number): Promise<number>
  close(): Promise<void>
}

const openLoad = async (kafka: Kafka, texts: readonly string[]): Promise<Load> => {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  let sent = 0
  const next = () => {
    const user = String((sent * 7919) % USERS)
    const channel = String(sent % CHANNELS)
    const envelope = {
      id: `load-${sent}`,
      source: 'twitch',
      channel: { id: channel, name: channel },
      author: { id: user, name: user, roles: [] },
      text: texts[sent % texts.length],
      sentAt: new Date().toISOString(),
    }
    sent += 1
    return { key: `${channel}:${user}`, value: JSON.stringify(envelope) }
  }
  return {
    run: async (rate, seconds) => {
      const start = performance.now()
      const inFlight = new Set<Promise<unknown>>()
      let produced = 0
      for (
        let due = 0;
        due < rate * seconds;
        due = Math.min(rate * seconds, ((performance.now() - start) / 1000) * rate)
      ) {
        const count = Math.floor(due) - produced
        if (count > 0) {
          const messages = Array.from({ length: count }, next)
          const send: Promise<unknown> = producer
            .send({ topic: 'chat.messages', acks: 1, messages })
            .finally(() => inFlight.delete(send))
          inFlight.add(send)
          produced += count
        }
        await sleep(TICK_MS)
      }
      await Promise.all(inFlight)
      return produced
    },
    close: () => producer.disconnect(),
  }
}

const processed = (sample: Sample): number =>
  sample.value('haechi_messages_processed_total', { outcome: 'verdict' })

interface Trial {
  readonly rate: number
  readonly isFlat: boolean
  readonly before: Sample
  readonly after: Sample
}

/** Offers a rate and says whether the worker kept up: complete verdicts only. */
const trial = async (load: Load, url: string, rate: number, seconds: number): Promise<Trial> => {
  const before = await scrape(url)
  const produced = await load.run(rate, seconds)
  const after = await scrape(url)
  const waiting = produced - (processed(after) - processed(before))
  for (let left = waiting; left > 0; await sleep(100)) {
    const now = await scrape(url)
    left = produced - (processed(now) - processed(before))
  }
  return { rate, isFlat: waiting < rate * FLAT_SECONDS, before, after }
}

const hitShare = ({ before, after }: Trial): number => {
  const of = (result: string): number =>
    after.value('haechi_cache_requests_total', { result }) -
    before.value('haechi_cache_requests_total', { result })
  return of('hit') / Math.max(1, of('hit') + of('miss'))
}

const highestRate = async (load: Load, url: string): Promise<Trial> => {
  let highest = RATES[0] ?? STEADY_RATE
  for (const rate of RATES) {
    const probe = await trial(load, url, rate, PROBE_SECONDS)
    process.stdout.write(`  ${rate}/s for ${PROBE_SECONDS} s: ${probe.isFlat ? 'lag flat' : 'lag grows'}\n`)
    if (!probe.isFlat) break
    highest = rate
  }
  for (let rate = highest; ; rate *= 0.9) {
    const held = await trial(load, url, Math.round(rate), HOLD_SECONDS)
    process.stdout.write(
      `  ${held.rate}/s for ${HOLD_SECONDS} s: ${held.isFlat ? 'lag flat' : 'lag grows'}\n`,
    )
    if (held.isFlat || rate < 1_000) return held
  }
}

/** One worker on a real Kafka and Redis, which share the cores with the load generator. */
export async function* benchWorker(): AsyncGenerator<Figure> {
  const kafkaServer = await startKafka()
  const redisServer = await startRedis()
  const { HAECHI_MODEL = '', HAECHI_SECOND_MODEL = '' } = process.env
  const worker = await startHaechi('worker', ['worker'], {
    KAFKA_BROKERS: kafkaServer.brokers,
    REDIS_URL: redisServer.url,
    HAECHI_MODEL,
    HAECHI_SECOND_MODEL,
  })
  const kafka = createKafka(
    { brokers: [kafkaServer.brokers], clientId: 'bench' },
    createLogger('silent', 'bench'),
  )
  try {
    // Generated, because recorded chat repeats itself more than the cache may help here.
    const load = await openLoad(kafka, generateChat({ seed: 11, lines: 400_000, repeatShare: 0.25 }))
    const url = worker.metricsUrl
    await trial(load, url, 1_000, 5)
    const steady = await trial(load, url, STEADY_RATE, STEADY_SECONDS)
    const ms = (quantile: number): number => quantileBetween(steady.before, steady.after, quantile) * 1000
    const where = `${STEADY_RATE}/s for ${STEADY_SECONDS} s`
    yield { name: 'worker.p50_ms', value: ms(0.5), unit: 'ms', note: where }
    yield { name: 'worker.p99_ms', value: ms(0.99), unit: 'ms', atMost: 300, note: where }
    const held = await highestRate(load, url)
    const share = hitShare(held)
    yield {
      name: 'worker.rate',
      value: held.isFlat ? held.rate : 0,
      unit: 'messages/s',
      atLeast: 6_000,
      note: `open loop, ${HOLD_SECONDS} s, lag flat`,
    }
    yield { name: 'worker.cache_hits', value: share * 100, unit: '%', atMost: 30 }
    yield {
      name: 'worker.rss_mb',
      value: held.after.value('process_resident_memory_bytes') / 2 ** 20,
      unit: 'MiB',
      atMost: 600,
    }
    await load.close()
  } finally {
    await worker.stop()
    await redisServer.stop()
    await kafkaServer.stop()
  }
}
