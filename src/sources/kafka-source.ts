import type { Consumer, ConsumerCrashEvent, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs'
import { within } from '../deadline.js'
import { untilAvailable } from '../retry.js'
import { type KafkaLogger, kafkaUnavailable } from './kafka-client.js'
import { fetchEmptyPartitions } from './kafka-empty-partitions.js'
import { recordsOf } from './kafka-records.js'
import { INPUT_TOPICS } from './kafka-topics.js'
import { PartitionOffsets } from './offsets.js'
import {
  type CommitResult,
  partitionName,
  type RecordSink,
  type Source,
  type TopicPartition,
} from './source.js'

export const GROUP_ID = 'haechi'
const CONSUMER_CONFIG = {
  sessionTimeout: 10_000,
  // A rebalance is noticed by the next heartbeat: the session allows 1.6 s, the hand-over wants less.
  heartbeatInterval: 500,
  rebalanceTimeout: 10_000,
  // Also the longest that a resumed partition waits for its next fetch.
  maxWaitTimeInMs: 100,
  // 1 MiB, the default, is some 5,000 chat lines: far more than a lane wants at once.
  maxBytesPerPartition: 128 * 1024,
  allowAutoTopicCreation: false,
}
const GAP_COMMIT_EVERY_MS = 500
const GAPS_WITHIN_MS = 500
const LEAVE_WITHIN_MS = 2_000

export interface KafkaSourceHooks {
  /** The consumer is dead for good, or a bug ended it: the process must exit. */
  readonly onCrash: (error: Error) => void
  /** The consumer lost the broker for longer than its retries and starts again by itself. */
  readonly onRestart?: (error: Error) => void
  /** The group gave us partitions (maybe none), `durationMs` after we asked. */
  readonly onJoin?: (durationMs: number) => void
}

export interface KafkaSourceOptions extends KafkaSourceHooks {
  readonly kafka: Kafka
  readonly log: KafkaLogger
  readonly groupId?: string
  readonly topics?: readonly string[]
}

/**
 * Consumes the input topics in a consumer group. kafkajs must never wait for a record's effects (one slow
 * partition would stall all), nor see an error of ours (it would end the consumer): batches are only handed
 * over, and commits come from outside. `assign` also ends every pause.
 */
export class KafkaSource implements Source {
  readonly #options: KafkaSourceOptions
  readonly #consumer: Consumer
  readonly #closing = new AbortController()
  #offsets = new Map<string, PartitionOffsets>()
  /** Kept through a rebalance: a fetch from before it may still arrive, and must not move the position. */
  #suspects = new Set<string>()
  #sink: RecordSink | null = null
  #isJoined = false
  #lastFetchMs: number | null = null
  #gapTimer: NodeJS.Timeout | null = null
  #closed: Promise<void> | null = null

  constructor(options: KafkaSourceOptions) {
    this.#options = options
    this.#consumer = options.kafka.consumer({ ...CONSUMER_CONFIG, groupId: options.groupId ?? GROUP_ID })
  }

  get isJoined(): boolean {
    return this.#isJoined
  }

  /** When the broker last answered a fetch, ms since the epoch; null before the first. */
  get lastFetchMs(): number | null {
    return this.#lastFetchMs
  }

  /** Offsets that each of our partitions is behind, as of its last fetch. */
  lags(): readonly { readonly partition: string; readonly lag: number }[] {
    return [...this.#offsets].flatMap(([partition, { lag }]) => (lag === null ? [] : [{ partition, lag }]))
  }

  /** Waits for the broker and the topics as long as it takes; resolves once the group has let us in. */
  async start(sink: RecordSink): Promise<void> {
    this.#sink = sink
    const joined = this.#listen()
    // Whoever closes us before the first join learns it from the step that was waiting.
    joined.catch(() => {})
    await untilAvailable(
      () => this.#subscribe(),
      this.#closing.signal,
      (error) => this.#options.log.warn({ code: error.code }, `${error.message}; trying again`),
    )
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async (payload) => this.#hand(payload),
    })
    await joined
    this.#gapTimer = setInterval(() => void this.#commitGaps(), GAP_COMMIT_EVERY_MS)
  }

  setPaused(partition: TopicPartition, paused: boolean): void {
    if (!this.#offsets.has(partitionName(partition))) return
    const target = [{ topic: partition.topic, partitions: [partition.partition] }]
    try {
      if (paused) this.#consumer.pause(target)
      else this.#consumer.resume(target)
    } catch (error) {
      // Between a crash and its restart there is nothing to pause, and the restart assigns anew.
      this.#options.log.debug({ error: String(error) }, 'kafka: the consumer is restarting')
    }
  }

  /** @throws UnavailableError when the broker is away; `rejected` when a rebalance came in between. */
  async commit(offsets: readonly (TopicPartition & { readonly offset: number })[]): Promise<CommitResult> {
    const owned = offsets.flatMap(({ topic, partition, offset }) => {
      const progress = this.#offsets.get(partitionName({ topic, partition }))
      return progress === undefined ? [] : [{ topic, partition, offset: progress.toCommit(offset), progress }]
    })
    if (owned.length === 0) return 'ok'
    try {
      await this.#consumer.commitOffsets(
        owned.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) })),
      )
      for (const { progress, offset } of owned) progress.committed(offset)
      return 'ok'
    } catch (error) {
      if (!isRebalanceError(error)) throw kafkaUnavailable('commit offsets', error)
      return 'rejected'
    }
  }

  /** Leaves the group. Commit before: afterwards commits are lost. */
  close(): Promise<void> {
    this.#closed ??= this.#leave()
    return this.#closed
  }

  async #leave(): Promise<void> {
    if (this.#gapTimer !== null) clearInterval(this.#gapTimer)
    // With the broker away, each of these would wait for a request to time out.
    if (this.#isJoined) await within(GAPS_WITHIN_MS, this.#commitGaps())
    this.#closing.abort()
    await within(
      LEAVE_WITHIN_MS,
      this.#consumer.disconnect().catch(() => {}),
    )
    this.#isJoined = false
  }

  async #subscribe(): Promise<void> {
    const topics = [...(this.#options.topics ?? INPUT_TOPICS)]
    try {
      await this.#consumer.connect()
      await this.#consumer.subscribe({ topics, fromBeginning: true })
    } catch (error) {
      throw kafkaUnavailable(`subscribe to ${topics.join(', ')}`, error)
    }
  }

  /** Resolves at the first join; rejects when the consumer dies, or is closed, before. */
  #listen(): Promise<void> {
    const { events, on } = this.#consumer
    return new Promise<void>((resolve, reject) => {
      on(events.GROUP_JOIN, (event) => {
        this.#assign(event)
        resolve()
      })
      on(events.CRASH, (event) => {
        this.#crashed(event)
        if (!event.payload.restart) reject(event.payload.error)
      })
      on(events.FETCH, () => {
        this.#lastFetchMs = Date.now()
      })
      on(events.END_BATCH_PROCESS, ({ payload }) => {
        // Such a fetch held only transaction markers: it never reaches eachBatch.
        if (payload.batchSize > 0 || this.#suspects.has(partitionName(payload))) return
        const position = Number(payload.lastOffset) + 1
        this.#offsets.get(partitionName(payload))?.skipped(position, Number(payload.highWatermark))
      })
      this.#closing.signal.addEventListener('abort', () => reject(this.#closing.signal.reason))
    })
  }

  #assign({ payload }: ConsumerGroupJoinEvent): void {
    if (this.#closing.signal.aborted) return
    const partitions = Object.entries(payload.memberAssignment).flatMap(([topic, ids]) =>
      ids.map((partition) => ({ topic, partition })),
    )
    this.#consumer.resume(this.#consumer.paused())
    const before = this.#offsets
    this.#offsets = new Map(partitions.map((p) => [partitionName(p), new PartitionOffsets()]))
    this.#suspects = new Set([...this.#offsets.keys()].filter((name) => before.has(name)))
    this.#isJoined = true
    this.#sink?.assign(partitions)
    this.#options.onJoin?.(payload.duration)
    void this.#markEmpty(partitions)
  }

  async #markEmpty(partitions: readonly TopicPartition[]): Promise<void> {
    const assigned = this.#offsets
    const groupId = this.#options.groupId ?? GROUP_ID
    try {
      for (const { end, ...partition } of await fetchEmptyPartitions(
        this.#options.kafka,
        groupId,
        partitions,
      )) {
        const progress = assigned.get(partitionName(partition))
        if (progress?.isUntouched === true) progress.skipped(end, end)
      }
    } catch (error) {
      this.#options.log.debug({ error: String(error) }, 'kafka: cannot tell which partitions are empty')
    }
  }

  #hand({ batch, resolveOffset }: EachBatchPayload): void {
    const name = partitionName(batch)
    const progress = this.#offsets.get(name)
    const records = recordsOf(batch)
    const [first, last] = [records.at(0), records.at(-1)]
    // What is not resolved is fetched again, from the committed offset.
    if (progress === undefined || first === undefined || last === undefined) return
    if (this.#suspects.delete(name)) return
    try {
      const partition = { topic: batch.topic, partition: batch.partition }
      this.#sink?.accept(partition, records, Number(batch.highWatermark))
    } catch (error) {
      this.#options.onCrash(error instanceof Error ? error : new Error(String(error)))
      return
    }
    const position = Number(batch.lastOffset()) + 1
    progress.delivered(first.offset, last.offset, position, Number(batch.highWatermark))
    resolveOffset(String(last.offset))
  }

  #crashed({ payload: { error, restart } }: ConsumerCrashEvent): void {
    this.#isJoined = false
    if (restart) this.#options.onRestart?.(error)
    else this.#options.onCrash(error)
  }

  async #commitGaps(): Promise<void> {
    const due = [...this.#offsets].flatMap(([name, progress]) => {
      const offset = progress.gapToCommit()
      return offset === null ? [] : [{ ...parsePartitionName(name), offset }]
    })
    await this.commit(due).catch((error) =>
      this.#options.log.debug({ error: String(error) }, 'kafka: no commit'),
    )
  }
}

const parsePartitionName = (name: string): TopicPartition => {
  const slash = name.lastIndexOf('/')
  return { topic: name.slice(0, slash), partition: Number(name.slice(slash + 1)) }
}

const REBALANCE_ERRORS = ['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID']

// kafkajs wraps the broker's error in one that says it is not worth a retry.
const isRebalanceError = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const isOne = 'type' in error && REBALANCE_ERRORS.includes(String(error.type))
  return isOne || isRebalanceError(error.cause)
}
