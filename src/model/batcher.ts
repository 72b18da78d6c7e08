import type { Backend } from './backend.js'

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
  onBatch?(batch: {
    readonly rows: number
    readonly realTokens: number
    readonly paddingTokens: number
    /** Inside the model. */
    readonly seconds: number
  }): void
  /** A batch failed (its rows are tried again), or a row failed alone (it is rejected). */
  onError?(reason: 'batch' | 'row'): void
}

export interface Batcher {
  /** The row's logits, one for each of CATEGORIES. Rejects with `BatcherFullError` (wait and try again),
   * `InferenceError` (this row cannot be scored) or `UnavailableError` (the backend is gone for good). */
  submit(ids: ArrayLike<number>): Promise<Float32Array>
  /** Lets waiting rows leave at once and resolves when all are answered; does not close the backend. */
  close(): Promise<void>
}

/** Groups rows of like length into batches for `backend`. A row is rejected only when it failed alone. */
export declare function createBatcher(
  backend: Backend,
  limits?: Partial<BatcherLimits>,
  options?: { readonly clock?: Clock; readonly hooks?: BatcherHooks },
): Batcher
