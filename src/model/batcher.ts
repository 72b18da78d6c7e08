import { CATEGORIES } from '../domain/verdict.js'
import { BatcherFullError, InferenceError } from '../errors.js'
import type { Backend, Batch } from './backend.js'
import { createLengthBuckets } from './length-buckets.js'

export interface BatcherLimits {
  /** Rows x longest row of a batch: padded cost, so one long row counts for all. */
  readonly maxTokens: number
  readonly maxRows: number
  /** How long a row waits for company. */
  readonly maxDelayMs: number
  /** Rows waiting; one more is refused. */
  readonly maxQueuedRows: number
}

export const DEFAULT_LIMITS: BatcherLimits = {
  maxTokens: 1000,
  maxRows: 64,
  maxDelayMs: 4,
  maxQueuedRows: 4096,
}

/** Milliseconds; `after` returns a function that cancels. */
export interface Clock {
  now(): number
  after(ms: number, run: () => void): () => void
}

export interface BatcherHooks {
  /** Rows waiting, after each change. */
  onQueued?(rows: number): void
  /** One row, from submit to leaving. */
  onWait?(seconds: number): void
  onBatch?(batch: BatchReport): void
  /** A batch failed (its rows are tried again), or a row failed alone (it is rejected). */
  onError?(reason: 'batch' | 'row'): void
}

export interface BatchReport {
  readonly rows: number
  readonly realTokens: number
  readonly paddingTokens: number
  /** Inside the model. */
  readonly seconds: number
}

export interface Batcher {
  /** The row's logits, one for each of CATEGORIES. Rejects with `BatcherFullError` (wait and try again),
   * `InferenceError` (this row cannot be scored) or `ModelGoneError` (the backend is gone for good). */
  submit(ids: ArrayLike<number>): Promise<Float32Array>
  /** Lets waiting rows leave at once and resolves when all are answered; does not close the backend. */
  close(): Promise<void>
}

interface Row {
  readonly ids: ArrayLike<number>
  readonly queuedMs: number
  resolve(logits: Float32Array): void
  reject(error: unknown): void
}

const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Groups rows of like length into batches for `backend`. A row is rejected only when it failed alone. */
export function createBatcher(
  backend: Backend,
  limits: Partial<BatcherLimits> = {},
  { clock = systemClock, hooks = {} }: { readonly clock?: Clock; readonly hooks?: BatcherHooks } = {},
): Batcher {
  return new BucketBatcher(backend, { ...DEFAULT_LIMITS, ...limits }, clock, hooks)
}

class BucketBatcher implements Batcher {
  readonly #waiting
  #queuedRows = 0
  #running = 0
  #timer: { readonly dueMs: number; cancel(): void } | undefined
  #isClosing = false
  #onIdle: (() => void)[] = []
  // Rows of failed batches. They run one batch at a time with nothing beside it, so that a failure is that
  // batch's own and not of a neighbour that took the thread down.
  readonly #suspects: Row[][] = []

  constructor(
    private readonly backend: Backend,
    private readonly limits: BatcherLimits,
    private readonly clock: Clock,
    private readonly hooks: BatcherHooks,
  ) {
    this.#waiting = createLengthBuckets<Row>(limits)
  }

  submit(ids: ArrayLike<number>): Promise<Float32Array> {
    if (ids.length === 0) return Promise.reject(new InferenceError('a row without tokens cannot be scored'))
    if (this.#isClosing) return Promise.reject(new InferenceError('the batcher is closed'))
    if (this.#queuedRows >= this.limits.maxQueuedRows) {
      return Promise.reject(
        new BatcherFullError(`${this.#queuedRows} rows wait for the model: try again later`),
      )
    }
    return new Promise((resolve, reject) => {
      this.#waiting.add({ ids, queuedMs: this.clock.now(), resolve, reject })
      this.#countQueued(1)
      this.#pump()
    })
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#pump()
    if (this.#isBusy()) await new Promise<void>((resolve) => this.#onIdle.push(resolve))
  }

  #isBusy(): boolean {
    return this.#queuedRows > 0 || this.#running > 0 || this.#suspects.length > 0
  }

  #countQueued(change: number): void {
    this.#queuedRows += change
    this.hooks.onQueued?.(this.#queuedRows)
  }

  #pump(): void {
    if (this.#suspects.length > 0) {
      const suspects = this.#running === 0 ? this.#suspects.shift() : undefined
      if (suspects) void this.#run(suspects, true)
      return
    }
    while (this.#running < this.backend.slots) {
      const rows = this.#takeReady()
      if (!rows) break
      void this.#run(rows, false)
    }
    this.#schedule()
  }

  #takeReady(): Row[] | undefined {
    const now = this.clock.now()
    const rows = this.#waiting.take(this.#isClosing ? now : now - this.limits.maxDelayMs)
    if (!rows) return undefined
    this.#countQueued(-rows.length)
    for (const { queuedMs } of rows) this.hooks.onWait?.((now - queuedMs) / 1000)
    return rows
  }

  #schedule(): void {
    const oldestMs = this.#waiting.oldestMs()
    // With no slot free, the next answer pumps.
    const isNeeded = oldestMs !== undefined && this.#running < this.backend.slots
    const dueMs = isNeeded ? oldestMs + this.limits.maxDelayMs : Number.POSITIVE_INFINITY
    if (dueMs === this.#timer?.dueMs) return
    this.#timer?.cancel()
    this.#timer = isNeeded ? { dueMs, cancel: this.#pumpAt(dueMs) } : undefined
  }

  #pumpAt(dueMs: number): () => void {
    return this.clock.after(Math.max(0, Math.ceil(dueMs - this.clock.now())), () => {
      this.#timer = undefined
      this.#pump()
    })
  }

  async #run(rows: Row[], isAlone: boolean): Promise<void> {
    this.#running++
    const batch = toBatch(rows)
    const { length } = batch
    try {
      const { logits, seconds } = await this.backend.run(batch)
      const realTokens = rows.reduce((sum, row) => sum + row.ids.length, 0)
      const paddingTokens = rows.length * length - realTokens
      this.hooks.onBatch?.({ rows: rows.length, realTokens, paddingTokens, seconds })
      rows.forEach((row, index) => {
        row.resolve(logits.subarray(index * CATEGORIES.length, (index + 1) * CATEGORIES.length))
      })
    } catch (error) {
      this.#afterFailure(rows, error, isAlone)
    }
    this.#running--
    this.#pump()
    if (!this.#isBusy()) for (const resolve of this.#onIdle.splice(0)) resolve()
  }

  #afterFailure(rows: Row[], error: unknown, isAlone: boolean): void {
    if (!(error instanceof InferenceError)) {
      for (const row of rows) row.reject(error)
    } else if (!isAlone) {
      this.hooks.onError?.('batch')
      this.#suspects.push(rows)
    } else if (rows.length > 1) {
      this.hooks.onError?.('batch')
      const middle = rows.length >> 1
      this.#suspects.unshift(rows.slice(0, middle), rows.slice(middle))
    } else {
      this.hooks.onError?.('row')
      rows[0]?.reject(error)
    }
  }
}

function toBatch(rows: readonly Row[]): Batch {
  const length = rows.reduce((longest, row) => Math.max(longest, row.ids.length), 0)
  const ids = new Int32Array(rows.length * length)
  const lengths = new Int32Array(rows.length)
  rows.forEach((row, index) => {
    ids.set(row.ids, index * length)
    lengths[index] = row.ids.length
  })
  return { rows: rows.length, length, ids, lengths }
}
