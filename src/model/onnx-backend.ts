import { join } from 'node:path'
import { CATEGORIES } from '../domain/verdict.js'
import { ModelGoneError } from '../errors.js'
import { packageRoot } from '../package-root.js'
import type { Backend, Batch, BatchResult } from './backend.js'
import { type InferThread, startInferThread } from './infer-thread.js'

export interface OnnxBackendOptions {
  readonly modelPath: string
  /** Worker threads, each with its own session. */
  readonly threads?: number
  /** A thread ended by itself and is being started again. */
  readonly onRestart?: (cause: Error) => void
  /** Restarts allowed within a minute; one more and the backend is gone for good. */
  readonly maxRestarts?: number
  /** Another program for the thread (tests). */
  readonly workerFile?: string
}

// Always the built one, also under a test runner: a worker thread cannot load TypeScript.
const WORKER_FILE = join(packageRoot, 'dist/src/model/infer-worker.js')
// The second waits in the thread, which so needs no turn of a busy event loop between two batches.
const BATCHES_A_THREAD = 2
// Finding one row that kills its thread among 64 takes eight.
const MAX_RESTARTS = 20
const RESTART_WINDOW_MS = 60_000

/** Loads the model in worker threads and warms it up. Throws `ModelLoadError`. */
export async function startOnnxBackend(options: OnnxBackendOptions): Promise<Backend> {
  const backend = new OnnxBackend(options)
  await backend.start()
  return backend
}

class OnnxBackend implements Backend {
  readonly slots: number
  readonly #options: OnnxBackendOptions
  readonly #threads = new Set<InferThread>()
  readonly #restarts: number[] = []
  #starting: Promise<unknown> = Promise.resolve()
  #failure: ModelGoneError | undefined
  #isClosing = false

  constructor(options: OnnxBackendOptions) {
    this.#options = options
    this.slots = (options.threads ?? 1) * BATCHES_A_THREAD
  }

  async start(): Promise<void> {
    const threads = Array.from({ length: this.#options.threads ?? 1 }, () => this.#startThread())
    const started = await Promise.allSettled(threads)
    const failed = started.find((result) => result.status === 'rejected')
    if (!failed) return
    await this.close()
    throw failed.reason
  }

  async run(batch: Batch): Promise<BatchResult> {
    if (this.#threads.size === 0) await this.#starting
    const [thread] = [...this.#threads].toSorted((a, b) => a.pending() - b.pending())
    if (!thread) throw this.#failure ?? new ModelGoneError('the model backend is closed')
    return thread.run(batch)
  }

  async close(): Promise<void> {
    this.#isClosing = true
    await this.#starting
    await Promise.all([...this.#threads].map((thread) => thread.close()))
  }

  async #startThread(): Promise<void> {
    const { modelPath, workerFile = WORKER_FILE } = this.#options
    const thread = await startInferThread(workerFile, { modelPath, labels: CATEGORIES.length })
    this.#threads.add(thread)
    void thread.ended.then((cause) => {
      this.#threads.delete(thread)
      if (!this.#isClosing) this.#restart(cause)
    })
  }

  #restart(cause: Error): void {
    const now = performance.now()
    this.#restarts.push(now)
    while ((this.#restarts[0] ?? now) < now - RESTART_WINDOW_MS) this.#restarts.shift()
    if (this.#restarts.length > (this.#options.maxRestarts ?? MAX_RESTARTS)) {
      this.#fail(`ended ${this.#restarts.length} times within a minute`, cause)
      return
    }
    this.#options.onRestart?.(cause)
    const started = this.#startThread().catch((error) => this.#fail('could not be started again', error))
    this.#starting = Promise.all([this.#starting, started])
  }

  #fail(what: string, cause: unknown): void {
    this.#failure = new ModelGoneError(`the model thread ${what}: restart Haechi, then verify the model`, {
      cause,
    })
  }
}
