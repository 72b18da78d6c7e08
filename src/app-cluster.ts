import type { Kafka } from 'kafkajs'
import { openPage } from './app-http.js'
import { channelsOf, openJudging } from './app-judging.js'
import { openKafka, openTopics } from './app-kafka.js'
import { OutboxRelay } from './app-relay.js'
import { type App, closeOnAbort, openShell, place, type Shell, startWith, toError } from './app-shell.js'
import { type ClusterStores, observedStores, openClusterStores, redisAnswers } from './app-stores.js'
import { createStream, observePipeline, type Stream } from './app-stream.js'
import type { Config } from './config-schema.js'
import { createTotals } from './observe.js'
import type { ModerationQueue } from './queue/moderation-queue.js'
import { DECISIONS_OUTBOX } from './queue/outbox.js'
import { GROUP_ID, KafkaSource } from './sources/kafka-source.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'

/** A consumer that fetched nothing for so long is not reading, whatever it believes. */
const FETCH_WITHIN_MS = 15_000

const observeQueue = async (metrics: Metrics, queue: ModerationQueue): Promise<void> => {
  for (const [state, jobs] of Object.entries(await queue.counts())) metrics.reviewJobs.set({ state }, jobs)
}

const observeRedis = async (metrics: Metrics, stores: ClusterStores, outbox: OutboxRelay): Promise<void> => {
  const isUp = (await redisAnswers(stores.redis).catch(() => false)) === true
  metrics.dependencyUp.set({ dependency: 'redis' }, isUp ? 1 : 0)
  if (isUp) await Promise.all([observeQueue(metrics, stores.queue), outbox.observe()])
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

const observeWorker = (shell: Shell, source: KafkaSource, stores: ClusterStores, stream: Stream): void => {
  const { metrics, onScrape } = shell
  metrics.dependencyUp.set({ dependency: 'model' }, 1)
  onScrape(async () => {
    observePipeline(metrics, stream.pipeline, Date.now)
    metrics.lagMessages.reset()
    for (const { partition, lag } of source.lags()) metrics.lagMessages.set({ partition }, lag)
    metrics.dependencyUp.set({ dependency: 'kafka' }, (await isReading(source)) === true ? 1 : 0)
  })
  onScrape(() => observeRedis(metrics, stores, stream.outbox))
}

const openSource = ({ logger, metrics, end }: Shell, kafka: Kafka): KafkaSource =>
  new KafkaSource({
    kafka,
    log: logger,
    onCrash: (error) => {
      metrics.crashes.inc({ restart: 'false' })
      end(error)
    },
    onRestart: () => metrics.crashes.inc({ restart: 'true' }),
    onJoin: (durationMs) => metrics.rebalanceSeconds.observe(durationMs / 1000),
  })

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
    const judging = await openJudging(config, closers, logger, metrics)
    opened.isModelWarm = true
    const kafka = openKafka(config, 'worker', logger)
    const stores = await openClusterStores(config, kafka, judging.channels, { closers, logger, signal })
    opened.stores = stores
    await openTopics(kafka, config, logger, signal)
    opened.hasTopics = true
    const source = openSource(shell, kafka)
    opened.source = source
    const stream = createStream({
      source,
      judging,
      stores: observedStores(stores, metrics),
      metrics,
      totals: createTotals(),
      logger,
      publishClean: config.publishClean,
      ownsDecisions: false,
      onFatal: (error) => end(toError(error)),
    })
    // What waits is delivered to the next owner; only what is in flight is finished.
    const close = (): Promise<void> => stream.close({ drainWaiting: false })
    closers.add(close)
    closeOnAbort(signal, close)
    observeWorker(shell, source, stores, stream)
    await stream.pipeline.start()
    return [
      place('consuming', `chat.messages and board.posts, in group ${GROUP_ID}`),
      place('metrics', `${shell.metricsUrl}/metrics`, shell.metricsFellBack),
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
    const kafka = openKafka(config, 'feed', logger)
    const cluster = await openClusterStores(config, kafka, channelsOf(config), { closers, logger, signal })
    stores = cluster
    await openTopics(kafka, config, logger, signal)
    hasTopics = true
    const outbox = new OutboxRelay({ ports: cluster, metrics, logger })
    outbox.partitions = [DECISIONS_OUTBOX]
    closers.add(() => outbox.close())
    const onDecided = (): void => void outbox.drain(DECISIONS_OUTBOX)
    shell.onScrape(() => observeRedis(metrics, cluster, outbox))
    const page = await openPage(
      config,
      { cases: cluster.cases, readiness, metrics, onDecided },
      logger,
      closers,
    )
    return [
      place('moderator page', page.url, page.fellBack),
      place('metrics', `${shell.metricsUrl}/metrics`, shell.metricsFellBack),
    ]
  })
}
