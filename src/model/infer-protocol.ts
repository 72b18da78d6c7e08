import type { Batch, BatchResult } from './backend.js'

/** What a model thread is started with. */
export interface ThreadSetup {
  readonly modelPath: string
  /** Logits a row. */
  readonly labels: number
}

export type ToThread = { readonly kind: 'run'; readonly batch: Batch } | { readonly kind: 'close' }

/** `ready` or `refused` comes first; then one `done` or `failed` for each `run`, in order. */
export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'done'; readonly result: BatchResult }
  | { readonly kind: 'failed'; readonly detail: string }
