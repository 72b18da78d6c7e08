import type { Kafka } from 'kafkajs'
import { openPage } from './app-http.js'
import { channelsOf, openJudging } from './app-judging.js'
import { type App, openShell, type Shell, startWith } from './app-shell.js'
import { type ClusterStores, openClusterStores, redisAnswers } from './app-stores.js'
import { createStream, observePipeline, type Stream } from './app-stream.js'
import type { Config } from './config-schema.js'
import { createTotals } from './observe.js'
import type { ModerationQueue } from './queue/moderation-queue.js'
import { DECISIONS_OUTBOX } from './queue/outbox.js'
import { createRelay } from './queue/relay.js'
import { untilAvailable } from './retry.js'
import { createKafka } from './sources/kafka-client.js'
import { KafkaSource } from './sources/kafka-source.js'
import { ensureTopics } from './sources/kafka-topics.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'

const DECISIONS_EVERY_MS = 1_000
/** A consumer that fetched nothing for so long is not reading, whatever it believes. */
const FETCH_WITHIN_MS = 15_000

const place = (what: string, url: string, fellBack: boolean): string =>
  fellBack ? `${what}  ${url}   (the default port is in use)` : `${what}  ${url}`

const openTopics = async (
  kafka: Kafka,
  config: Config,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> => {
  const { partitions, replication } = config.kafka
  const layout = { partitions, ...(replication === undefined ? {} : { replication }) }
  const created = await untilAvailable(
    () => ensureTopics(kafka, layout),
    signal,
    (error) => logger.warn({ error: error.message }, 'waiting for Kafka'),
  )
  if (created.length > 0) logger.info({ topics: created }, 'topics created')
}

const observeQueue = async (metrics: Metrics, queue: ModerationQueue): Promise<void> => {
  for (const [state, jobs] of Object.entries(await queue.counts())) metrics.reviewJobs.set({ state }, jobs)
}

const observeWorker = (shell: Shell, source: KafkaSource, stores: ClusterStores, stream: Stream): void => {
  const { metrics, onScrape } = shell
  onScrape(() => {
    observePipeline(metrics, stream.pipeline, Date.now)
    for (const { partition, lag } of source.lags()) metrics.lagMessages.set({ partition }, lag)
    metrics.dependencyUp.set({ dependency: 'kafka' }, source.isJoined ? 1 : 0)
    metrics.dependencyUp.set({ dependency: 'model' }, 1)
  })
  onScrape(async () => {
    const isUp = await redisAnswers(stores.redis).catch(() => false)
    metrics.dependencyUp.set({ dependency: 'redis' }, isUp === true ? 1 : 0)
    if (isUp === true) await Promise.all([observeQueue(metrics, stores.queue), stream.observeOutbox()])
  })
}

const isReading = async (source: KafkaSource | null): Promise<true | string> => {
  if (source === null || !source.isJoined) return 'the consumer group is not joined yet'
  const { lastFetchMs } = source
  return (
    lastFetchMs === null ||
    Date.now() - lastFetchMs < FETCH_WITHIN_MS ||
    'the broker has not answered for 15 s'
  )
}

/**
 * `haechi worker`: Kafka in, verdicts and cases out. Waits for Kafka and Redis as long as it takes.
 * @throws ModelLoadError, PortInUseError; the abort reason when stopped while waiting
 */
export const startWorker = async (config: Config, logger: Logger, signal: AbortSignal): Promise<App> => {
  const opened: {
    source: KafkaSource | null
    stores: ClusterStores | null
    isModelWarm: boolean
    hasTopics: boolean
  } = {
    source: null,
    stores: null,
    isModelWarm: false,
    hasTopics: false,
  }
  const shell = await openShell(config, logger, [
    { name: 'model', check: async () => opened.isModelWarm || 'warming up' },
    { name: 'redis', check: () => redisAnswers(opened.stores?.redis ?? null) },
    { name: 'topics', check: async () => opened.hasTopics || 'not created yet' },
    { name: 'kafka', check: () => isReading(opened.source) },
  ])
  const { metrics, closers, end } = shell
  return startWith(shell, async () => {
    const totals = createTotals()
    const judging = await openJudging(config, closers, logger, metrics)
    opened.isModelWarm = true
    const kafka = createKafka({ brokers: config.kafka.brokers ?? [], clientId: 'haechi-worker' }, logger)
    const stores = await openClusterStores(config, kafka, judging.channels, { closers, logger, signal })
    opened.stores = stores
    await openTopics(kafka, config, logger, signal)
    opened.hasTopics = true
    const source = new KafkaSource({
      kafka,
      log: logger,
      onCrash: (error) => {
        metrics.crashes.inc({ restart: 'false' })
        end(error)
      },
      onRestart: () => metrics.crashes.inc({ restart: 'true' }),
      onCommitRejected: () => metrics.commits.inc({ result: 'rejected' }),
    })
    opened.source = source
    const { publishClean } = config
    const onFatal = (error: unknown): void => end(error instanceof Error ? error : new Error(String(error)))
    const stream = createStream({ source, judging, stores, metrics, totals, logger, publishClean, onFatal })
    // What waits is delivered to the next owner; only what is in flight is finished.
    const close = (): Promise<void> => stream.close({ drainWaiting: false })
    closers.add(close)
    signal.addEventListener('abort', () => void close().catch(() => {}), { once: true })
    observeWorker(shell, source, stores, stream)
    await stream.pipeline.start()
    return [
      place('worker   ', `consuming chat.messages and board.posts as group haechi`, false),
      place('metrics  ', `${shell.metricsUrl}/metrics`, shell.metricsFellBack),
    ]
  })
}

/**
 * `haechi feed`: the moderators' page over the cluster's case store; publishes what they decide.
 * @throws PortInUseError; the abort reason when stopped while waiting
 */
export const startFeed = async (config: Config, logger: Logger, signal: AbortSignal): Promise<App> => {
  let stores: ClusterStores | null = null
  let hasTopics = false
  const shell = await openShell(config, logger, [
    { name: 'redis', check: () => redisAnswers(stores?.redis ?? null) },
    { name: 'topics', check: async () => hasTopics || 'not created yet' },
  ])
  const { metrics, closers, readiness } = shell
  return startWith(shell, async () => {
    const kafka = createKafka({ brokers: config.kafka.brokers ?? [], clientId: 'haechi-feed' }, logger)
    const cluster = await openClusterStores(config, kafka, channelsOf(config), { closers, logger, signal })
    stores = cluster
    await openTopics(kafka, config, logger, signal)
    hasTopics = true
    const relay = createRelay(cluster)
    const onDecided = (): void =>
      void relay
        .drain(DECISIONS_OUTBOX)
        .catch((error: unknown) =>
          logger.warn({ error: String(error) }, 'decisions are not published yet; trying again'),
        )
    const timer = setInterval(onDecided, DECISIONS_EVERY_MS)
    closers.add(() => clearInterval(timer))
    shell.onScrape(() => observeQueue(metrics, cluster.queue))
    const page = await openPage(
      config,
      { cases: cluster.cases, readiness, metrics, onDecided },
      logger,
      closers,
    )
    return [
      place('moderator page', page.url, page.fellBack),
      place('metrics       ', `${shell.metricsUrl}/metrics`, shell.metricsFellBack),
    ]
  })
}
