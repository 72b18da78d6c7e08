import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Kafka } from 'kafkajs'
import { startKafka } from '#local/kafka.mjs'
import { startRedis } from '#local/redis.mjs'
import { createKafka } from '../../src/sources/kafka-client.js'
import { recordOf } from '../../src/sources/kafka-records.js'
import { INPUT_TOPICS } from '../../src/sources/kafka-topics.js'
import { createLogger } from '../../src/telemetry/logger.js'
import { generateStream } from '../fixtures/stream-generator.js'
import { type Checks, createChecks } from './checks.js'
import { checkCases, checkLabels, checkTopics } from './claims.js'
import { type HaechiProcess, startHaechi } from './haechi-process.js'
import { judgeOffline } from './oracle.js'
import { type LocalPrometheus, startPrometheus } from './prometheus.js'
import { lagOf, produceAll, readTopic } from './topics.js'

const { values: flags } = parseArgs({
  options: {
    lines: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '7' },
    help: { type: 'boolean', short: 'h' },
  },
})
if (flags.help) {
  process.stdout.write('npm run e2e:cluster -- [--lines 20000] [--kills 3] [--seed 7]\n')
  process.exit(0)
}
const LINES = Number(flags.lines)
const KILLS = Number(flags.kills)
const GROUP = 'haechi'
/** Slow enough that a backlog is there at each kill, and is never empty in between. */
const PER_SECOND = 1_500

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const opened: (() => Promise<unknown>)[] = []
const closing = <T extends { stop(): Promise<unknown> }>(resource: T): T => {
  opened.push(() => resource.stop())
  return resource
}

const closeAll = async (): Promise<void> => {
  for (const close of opened.splice(0).reverse()) await close().catch(() => {})
}

const untilZeroLag = async (kafka: Kafka): Promise<void> => {
  for (const deadline = Date.now() + 180_000; ; await sleep(500)) {
    const lag = await lagOf(kafka, GROUP, INPUT_TOPICS)
    if (lag === 0) return
    if (Date.now() > deadline) throw new Error(`the group is still ${lag} records behind after 180 s`)
  }
}

const killInTurn = async (
  env: Readonly<Record<string, string>>,
  first: HaechiProcess,
): Promise<HaechiProcess> => {
  let victim = first
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await sleep(2_500)
    say(`  kill -9 ${victim.name} (${kill} of ${KILLS})`)
    await victim.kill()
    victim = await startHaechi('worker-a', ['worker', '--metrics-port', new URL(first.metricsUrl).port], env)
  }
  return victim
}

const checkMetrics = async (prometheus: LocalPrometheus, checks: Checks): Promise<void> => {
  const [redeliveries = 0] = await prometheus.query('sum(max_over_time(haechi_redeliveries_total[10m]))')
  checks.claim(
    'redeliveries were skipped (else the kills proved nothing)',
    redeliveries > 0,
    String(redeliveries),
  )
  const [p50 = Number.NaN] = await prometheus.query(
    'histogram_quantile(0.5, sum by (le) (haechi_message_latency_seconds_bucket))',
  )
  checks.claim(
    'histogram_quantile over the latency answers',
    Number.isFinite(p50),
    `p50 ${p50.toFixed(3)} s, kills included`,
  )
}

const main = async (): Promise<number> => {
  const checks = createChecks()
  const kafkaServer = closing(await startKafka())
  const redisServer = closing(await startRedis())
  const env = { KAFKA_BROKERS: kafkaServer.brokers, REDIS_URL: redisServer.url }
  say(`Kafka ${env.KAFKA_BROKERS}, Redis ${env.REDIS_URL}: real servers, nothing configured for Haechi`)
  const feed = closing(await startHaechi('feed', ['feed'], env))
  const workerA = await startHaechi('worker-a', ['worker'], env)
  const workerB = closing(await startHaechi('worker-b', ['worker'], env))
  const targets = [workerA, workerB, feed].map(({ metricsUrl }) => new URL(metricsUrl).host)
  const prometheus = closing(await startPrometheus(targets))
  const kafka = createKafka(
    { brokers: [kafkaServer.brokers], clientId: 'e2e' },
    createLogger('silent', 'e2e'),
  )

  const stream = generateStream({
    seed: Number(flags.seed),
    lines: LINES,
    users: Math.round(LINES / 10),
    boardLines: LINES / 10,
    malformed: LINES / 100,
    startMs: Date.now() - 3_600_000,
  })
  say(`producing ${stream.length} records at ${PER_SECOND}/s`)
  const produced = produceAll(kafka, stream, PER_SECOND, () => {})
  const survivor = closing(await killInTurn(env, workerA))
  await produced
  say('all produced; waiting until the group has caught up')
  await untilZeroLag(kafka)
  // The outbox trails the commits by its own second.
  await sleep(3_000)

  const input = (await Promise.all(INPUT_TOPICS.map((topic) => readTopic(kafka, topic)))).flat()
  const expected = await judgeOffline(
    input.map(({ topic, partition, message }) => recordOf(topic, partition, message)),
  )
  await checkTopics(kafka, expected, checks)
  await checkCases(feed.pageUrl ?? '', env.REDIS_URL, prometheus, expected, checks)
  checkLabels(stream, expected, checks)
  await checkMetrics(prometheus, checks)
  checks.claim('the workers drain and exit 0', (await survivor.stop()) === 0 && (await workerB.stop()) === 0)
  return checks.failed
}

const failed = await main().finally(closeAll)
say(failed === 0 ? 'all claims hold' : `${failed} claims failed`)
process.exit(failed === 0 ? 0 : 1)
