import { within } from './deadline.js'
import { Lane, type LaneDeps } from './lane.js'
import {
  type CommitResult,
  partitionName,
  type RecordSink,
  type Source,
  type SourceRecord,
  type TopicPartition,
} from './sources/source.js'

/** A lane this long asks its source for a pause, and lets it go on when it is this short again. */
const PAUSE_AT = 50
const RESUME_AT = 10
/** Commits trail the effects by at most this. */
const COMMIT_EVERY_MS = 500
const MAX_BATCH = 64
/** With a dependency away a drain would never end: then what is in flight is given up, and delivered again. */
const DRAIN_WITHIN_MS = 4_000
const LAST_COMMIT_WITHIN_MS = 2_000

export interface PipelineDeps
  extends Pick<LaneDeps, 'watermark' | 'process' | 'restart' | 'onRedelivered' | 'onFatal'> {
  readonly onConsumed: (topic: string, count: number) => void
  readonly onAssigned: (partitions: readonly string[]) => void
  readonly onCommit: (result: CommitResult | 'error', seconds: number, error?: unknown) => void
}

/** What the pipeline holds right now, for gauges. */
export interface PipelineState {
  readonly assigned: number
  readonly paused: number
  readonly waiting: number
  readonly inFlight: number
  readonly lanes: readonly { readonly partition: string; readonly oldestMs: number | null }[]
}

interface Assigned {
  readonly partition: TopicPartition
  readonly lane: Lane
  committed: number | null
  isPaused: boolean
}

/**
 * Joins a source to its lanes. The rules: a record is committed only after its effects are durable, each
 * partition commits its own contiguous progress, and a full lane pauses its own partition only.
 */
export class Pipeline implements RecordSink {
  #assigned = new Map<string, Assigned>()
  #timer: NodeJS.Timeout | null = null
  #committing: Promise<void> | null = null
  #closing: Promise<void> | null = null

  constructor(
    private readonly source: Source,
    private readonly deps: PipelineDeps,
  ) {}

  /** Resolves when the source delivers; `onEnd` is called after a finite source's last record. */
  async start(onEnd: () => void = () => {}): Promise<void> {
    this.#timer = setInterval(() => void this.#commit(), COMMIT_EVERY_MS)
    await this.source.start(this, onEnd)
  }

  assign(partitions: readonly TopicPartition[]): void {
    if (this.#closing !== null) return
    for (const { partition, lane, isPaused } of this.#assigned.values()) {
      lane.cancel()
      if (isPaused) this.source.setPaused(partition, false)
    }
    this.#assigned = new Map(partitions.map((p) => [partitionName(p), this.#open(p)]))
    this.deps.onAssigned([...this.#assigned.keys()])
  }

  accept(partition: TopicPartition, records: readonly SourceRecord[], end?: number): void {
    const assigned = this.#assigned.get(partitionName(partition))
    if (assigned === undefined || this.#closing !== null) return
    this.deps.onConsumed(partition.topic, records.length)
    assigned.lane.accept(records, end)
    this.#throttle(assigned, assigned.lane.length)
  }

  state(): PipelineState {
    const all = [...this.#assigned.values()]
    return {
      assigned: all.length,
      paused: all.filter((a) => a.isPaused).length,
      waiting: all.reduce((sum, { lane }) => sum + lane.length, 0),
      inFlight: all.reduce((sum, { lane }) => sum + lane.inFlight, 0),
      lanes: all.map(({ lane }) => ({ partition: lane.name, oldestMs: lane.oldestMs })),
    }
  }

  /** Stops taking, finishes what is in flight (and what waits, where nothing delivers it again), commits. */
  close({ drainWaiting }: { drainWaiting: boolean }): Promise<void> {
    this.#closing ??= this.#shutDown(drainWaiting)
    return this.#closing
  }

  async #shutDown(drainWaiting: boolean): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    const lanes = [...this.#assigned.values()].map(({ lane }) => lane)
    await within(DRAIN_WITHIN_MS, Promise.all(lanes.map((lane) => lane.drain(drainWaiting))))
    for (const lane of lanes) lane.abandon()
    await within(LAST_COMMIT_WITHIN_MS, this.#commitAll())
    await this.source.close()
  }

  #open(partition: TopicPartition): Assigned {
    const name = partitionName(partition)
    const onQueueLength = (length: number): void => {
      const assigned = this.#assigned.get(name)
      if (assigned?.lane === lane) this.#throttle(assigned, length)
    }
    const lane = new Lane(name, { ...this.deps, maxBatch: MAX_BATCH, onQueueLength })
    return { partition, lane, committed: null, isPaused: false }
  }

  #throttle(assigned: Assigned, length: number): void {
    const shouldPause = assigned.isPaused ? length > RESUME_AT : length >= PAUSE_AT
    if (shouldPause === assigned.isPaused) return
    assigned.isPaused = shouldPause
    this.source.setPaused(assigned.partition, shouldPause)
  }

  /** One commit at a time: a slow one is not followed by those that came due meanwhile. */
  #commit(): Promise<void> {
    this.#committing ??= this.#commitDue().finally(() => {
      this.#committing = null
    })
    return this.#committing
  }

  async #commitAll(): Promise<void> {
    await this.#committing
    await this.#commit()
  }

  async #commitDue(): Promise<void> {
    const due = [...this.#assigned.values()].flatMap((assigned) => {
      const offset = assigned.lane.nextOffset
      return offset === null || offset === assigned.committed ? [] : [{ assigned, offset }]
    })
    if (due.length === 0) return
    const start = performance.now()
    const seconds = (): number => (performance.now() - start) / 1000
    try {
      const offsets = due.map(({ assigned, offset }) => ({ ...assigned.partition, offset }))
      const result = await this.source.commit(offsets)
      if (result === 'ok') for (const { assigned, offset } of due) assigned.committed = offset
      this.deps.onCommit(result, seconds())
    } catch (error) {
      this.deps.onCommit('error', seconds(), error)
    }
  }
}
