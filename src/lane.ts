import type { SourceRecord } from './sources/source.js'

/** How far a micro-batch got: everything up to `watermark` has its effects. */
export interface BatchResult {
  readonly watermark: number
}

/** Judges records (in offset order, all above `base`) and makes their effects durable. */
export type ProcessBatch = (
  partition: string,
  base: number,
  records: readonly SourceRecord[],
  signal: AbortSignal,
) => Promise<BatchResult>

export interface LaneDeps {
  /** The last offset whose effects are durable. */
  readonly watermark: (partition: string, signal: AbortSignal) => Promise<number>
  readonly process: ProcessBatch
  /** Forgets a watermark that cannot be this log's; gives the one that holds now. */
  readonly restart: (partition: string, watermark: number, signal: AbortSignal) => Promise<number>
  readonly maxBatch: number
  readonly onQueueLength: (length: number) => void
  readonly onRedelivered: (count: number) => void
  /** An error that no retry can mend: a bug. */
  readonly onFatal: (error: unknown) => void
}

/**
 * One partition's records, judged in order, one micro-batch after the other: a batch is computed on what the
 * one before it stored. A slow lane holds up no other.
 */
export class Lane {
  readonly #waiting: SourceRecord[] = []
  readonly #abort = new AbortController()
  readonly #finished: Promise<void>
  #wake: (() => void) | null = null
  #draining = false
  #nextOffset: number | null = null
  #batch: readonly SourceRecord[] = []
  #end = Number.POSITIVE_INFINITY

  constructor(
    readonly name: string,
    private readonly deps: LaneDeps,
  ) {
    this.#finished = this.#run().catch((error: unknown) => {
      if (!this.#abort.signal.aborted) deps.onFatal(error)
    })
  }

  /** What may be committed: the offset after the last one done; null before the first. */
  get nextOffset(): number | null {
    return this.#nextOffset
  }

  get length(): number {
    return this.#waiting.length
  }

  get inFlight(): number {
    return this.#batch.length
  }

  /** Record time (ms) of the oldest record not yet done; null when idle. */
  get oldestMs(): number | null {
    return (this.#batch[0] ?? this.#waiting[0])?.timestampMs ?? null
  }

  /** `end` is the offset after the partition's last record. */
  accept(records: readonly SourceRecord[], end = Number.POSITIVE_INFINITY): void {
    if (this.#draining) return
    this.#end = end
    for (const record of records) this.#waiting.push(record)
    this.#wake?.()
  }

  /** Finishes the batch in flight and, with `everything`, what is waiting too. */
  drain(everything: boolean): Promise<void> {
    this.#draining = true
    if (!everything) this.#waiting.length = 0
    this.#wake?.()
    return this.#finished
  }

  /** Gives up what is in flight; what is done may still be committed. */
  abandon(): void {
    this.#draining = true
    this.#waiting.length = 0
    this.#abort.abort()
    this.#wake?.()
  }

  /** Another owner has the partition now: nothing of this lane may be committed any more. */
  cancel(): void {
    this.abandon()
    this.#nextOffset = null
  }

  async #run(): Promise<void> {
    let base = await this.deps.watermark(this.name, this.#abort.signal)
    while (await this.#hasWork()) {
      const batch = this.#waiting.splice(0, this.deps.maxBatch)
      this.#batch = batch
      this.deps.onQueueLength(this.#waiting.length)
      base = await this.#finish(batch, base)
      this.#batch = []
      const last = batch.at(-1)
      if (last !== undefined && !this.#abort.signal.aborted) this.#nextOffset = last.offset + 1
    }
  }

  /** Repeats until the watermark covers the batch: a stale base means that another owner did some of it. */
  async #finish(batch: readonly SourceRecord[], base: number): Promise<number> {
    // Effects past the end of the log: the topic was deleted and made anew, and its offsets began again.
    let watermark = base < this.#end ? base : await this.deps.restart(this.name, base, this.#abort.signal)
    let fresh = batch.filter((record) => record.offset > watermark)
    this.deps.onRedelivered(batch.length - fresh.length)
    while (fresh.length > 0) {
      this.#abort.signal.throwIfAborted()
      watermark = (await this.deps.process(this.name, watermark, fresh, this.#abort.signal)).watermark
      fresh = fresh.filter((record) => record.offset > watermark)
    }
    return watermark
  }

  async #hasWork(): Promise<boolean> {
    while (this.#waiting.length === 0) {
      if (this.#draining) return false
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = null
    }
    return true
  }
}
