import type { Judging } from './app-judging.js'
import type { Stores } from './app-stores.js'
import { createMicroBatch } from './micro-batch.js'
import { observeOutcome, type StreamTotals } from './observe.js'
import { Pipeline } from './pipeline.js'
import type { OutboxEntry } from './queue/outbox.js'
import { createRelay, type Relay } from './queue/relay.js'
import { untilAvailable } from './retry.js'
import type { Source } from './sources/source.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import { createUserWindows } from './user-windows.js'

/** A relay that was refused tries again this often, also when no message comes. */
const RELAY_EVERY_MS = 1_000

export interface Stream {
  readonly pipeline: Pipeline
  readonly relay: Relay
  /** Sets the outbox gauges of the partitions that are ours. */
  observeOutbox(): Promise<void>
  /** Drains, commits and publishes what the drained messages left in the outbox. Safe to call twice. */
  close(options: { readonly drainWaiting: boolean }): Promise<void>
}

export interface StreamOptions {
  readonly source: Source
  readonly judging: Judging
  readonly stores: Stores
  readonly publishClean: boolean
  readonly metrics: Metrics
  readonly totals: StreamTotals
  readonly logger: Logger
  readonly onFatal: (error: unknown) => void
}

/** Publishes the outboxes of the partitions that are ours, and tells the log when that has to wait. */
class OutboxRelay {
  partitions: readonly string[] = []
  readonly relay: Relay

  constructor(private readonly options: StreamOptions) {
    const { stores, metrics } = options
    const onRelayed = (_partition: string, entries: readonly OutboxEntry[]): void => {
      const opened = entries.filter((entry) => entry.kind === 'case-opened').length
      if (opened > 0) metrics.alerts.inc({ result: 'ok' }, opened)
    }
    this.relay = createRelay({ ...stores, hooks: { onRelayed } })
  }

  readonly drain = async (partition: string): Promise<void> => {
    try {
      await this.relay.drain(partition)
    } catch (error) {
      this.options.metrics.alerts.inc({ result: 'error' })
      this.options.logger.warn(
        { partition, error: String(error) },
        'the outbox is not published yet; trying again',
      )
    }
  }

  /** A crash between effects and publishing leaves entries that no new message would push out. */
  readonly drainAll = async (): Promise<void> => void (await Promise.all(this.partitions.map(this.drain)))

  async observe(): Promise<void> {
    const { stores, metrics } = this.options
    const depths = await Promise.all(this.partitions.map((partition) => stores.outbox.depth(partition)))
    metrics.outboxMessages.set(depths.reduce((sum, { entries }) => sum + entries, 0))
    metrics.outboxOldest.set(Math.max(0, ...depths.map(({ oldestMs }) => oldestMs)) / 1000)
  }
}

const openPipeline = (options: StreamOptions, outbox: OutboxRelay): Pipeline => {
  const { source, judging, stores, metrics, totals, logger, onFatal } = options
  const onUnavailable = (error: Error): void =>
    logger.warn({ error: error.message }, 'waiting for a dependency')
  const process = createMicroBatch({
    windows: createUserWindows(judging.judge, (users) => stores.users.fragments(users)),
    channels: judging.channels,
    store: stores.users,
    deadLetters: (letters) => stores.log.deadLetters(letters),
    relay: (partition) => void outbox.drain(partition),
    publishClean: options.publishClean,
    now: Date.now,
    onUnavailable,
    onOutcome: observeOutcome(metrics, totals, judging.channels('').settings.ladder, Date.now),
  })
  return new Pipeline(source, {
    process,
    watermark: (partition, signal) =>
      untilAvailable(() => stores.users.watermark(partition), signal, onUnavailable),
    onRedelivered: (count) => metrics.redeliveries.inc(count),
    onConsumed: (topic, count) => {
      totals.consumed += count
      // Each run of a file has its own topic; the label is what they have in common.
      metrics.consumed.inc({ topic: topic.replace(/-\d+$/, '') }, count)
    },
    onAssigned: (names) => {
      outbox.partitions = names
      metrics.rebalances.inc()
      logger.info({ partitions: names.length }, 'partitions assigned')
    },
    onCommit: (result, error) => {
      metrics.commits.inc({ result })
      if (error !== undefined) logger.warn({ error: String(error) }, 'commit refused; the next one covers it')
    },
    onFatal,
  })
}

/** Wires source -> judge -> store -> relay for one process. */
export const createStream = (options: StreamOptions): Stream => {
  const outbox = new OutboxRelay(options)
  const pipeline = openPipeline(options, outbox)
  const timer = setInterval(() => void outbox.drainAll(), RELAY_EVERY_MS)
  let closing: Promise<void> | null = null
  const shutDown = async (drainWaiting: boolean): Promise<void> => {
    clearInterval(timer)
    await pipeline.close({ drainWaiting })
    await outbox.drainAll()
  }
  return {
    pipeline,
    relay: outbox.relay,
    observeOutbox: () => outbox.observe(),
    close: ({ drainWaiting }) => {
      closing ??= shutDown(drainWaiting)
      return closing
    },
  }
}

/** Sets the gauges that describe the pipeline as it stands; called at each scrape. */
export const observePipeline = (metrics: Metrics, pipeline: Pipeline, now: () => number): void => {
  const { assigned, paused, waiting, inFlight, lanes } = pipeline.state()
  metrics.assignedPartitions.set(assigned)
  metrics.pausedPartitions.set(paused)
  metrics.laneMessages.set(waiting)
  metrics.inflight.set(inFlight)
  metrics.lagSeconds.reset()
  for (const { partition, oldestMs } of lanes)
    metrics.lagSeconds.set({ partition }, oldestMs === null ? 0 : Math.max(0, now() - oldestMs) / 1000)
}
