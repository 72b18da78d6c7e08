import type { Judging } from './app-judging.js'
import { OutboxRelay } from './app-relay.js'
import type { Stores } from './app-stores.js'
import { createMicroBatch } from './micro-batch.js'
import { observeOutcome, type StreamTotals } from './observe.js'
import { oncePer } from './once-per.js'
import { Pipeline } from './pipeline.js'
import { DECISIONS_OUTBOX } from './queue/outbox.js'
import { untilAvailable } from './retry.js'
import type { Source } from './sources/source.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import { createUserWindows } from './user-windows.js'

export interface Stream {
  readonly pipeline: Pipeline
  readonly outbox: OutboxRelay
  /** Drains, commits and publishes what the drained messages left in the outbox. Safe to call twice. */
  close(options: { readonly drainWaiting: boolean }): Promise<void>
}

export interface StreamOptions {
  readonly source: Source
  readonly judging: Judging
  readonly stores: Stores
  readonly publishClean: boolean
  /** No other process publishes what moderators decide. */
  readonly ownsDecisions: boolean
  readonly metrics: Metrics
  readonly totals: StreamTotals
  readonly logger: Logger
  readonly onFatal: (error: unknown) => void
}

/** With a dependency away every lane asks several times a second: the log need not hear each. */
const WARN_EVERY_MS = 5_000

const openPipeline = (options: StreamOptions, outbox: OutboxRelay): Pipeline => {
  const { source, judging, stores, metrics, totals, logger, onFatal } = options
  const onUnavailable = oncePer(WARN_EVERY_MS, (error: Error) =>
    logger.warn({ error: error.message }, 'waiting for a dependency'),
  )
  const process = createMicroBatch({
    windows: createUserWindows(judging.streamJudge, (users) => stores.users.fragments(users)),
    channels: judging.channels,
    store: stores.users,
    deadLetters: (letters) => stores.log.deadLetters(letters),
    relay: (partition) => void outbox.drain(partition),
    publishClean: options.publishClean,
    now: Date.now,
    onUnavailable,
    onDecoded: (seconds) => metrics.stage.observe({ stage: 'decode' }, seconds),
    onOutcome: observeOutcome(metrics, totals, judging.channels, Date.now),
  })
  return new Pipeline(source, {
    process,
    watermark: (partition, signal) =>
      untilAvailable(() => stores.users.watermark(partition), signal, onUnavailable),
    restart: async (partition, base, signal) => {
      logger.warn({ partition, watermark: base }, 'the topic was made anew; its watermark starts again')
      const batch = { partition, base, next: -1, effects: [] }
      const result = await untilAvailable(() => stores.users.apply(batch), signal, onUnavailable)
      return result.kind === 'stale' ? result.watermark : -1
    },
    onRedelivered: (count) => metrics.redeliveries.inc(count),
    onConsumed: (topic, count) => {
      totals.consumed += count
      // Each run of a file has its own topic; the label is what they have in common.
      metrics.consumed.inc({ topic: topic.replace(/-\d+$/, '') }, count)
    },
    onAssigned: (names) => {
      outbox.partitions = options.ownsDecisions ? [...names, DECISIONS_OUTBOX] : names
      metrics.rebalances.inc()
      logger.info({ partitions: names.length }, 'partitions assigned')
    },
    onCommit: (result, seconds, error) => {
      metrics.commits.inc({ result })
      metrics.stage.observe({ stage: 'commit' }, seconds)
      if (error !== undefined) logger.warn({ error: String(error) }, 'commit refused; the next one covers it')
    },
    onFatal,
  })
}

/** Wires source -> judge -> store -> relay for one process. */
export const createStream = (options: StreamOptions): Stream => {
  const { metrics, logger, stores } = options
  const outbox = new OutboxRelay({ ports: stores, metrics, logger })
  const pipeline = openPipeline(options, outbox)
  let closing: Promise<void> | null = null
  const shutDown = async (drainWaiting: boolean): Promise<void> => {
    await pipeline.close({ drainWaiting })
    await outbox.close()
  }
  return {
    pipeline,
    outbox,
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
