import type { Backend } from './backend.js'

export interface OnnxBackendOptions {
  readonly modelPath: string
  /** Worker threads, each with its own session. */
  readonly threads?: number
  /** A thread ended by itself and is being started again. */
  readonly onRestart?: (cause: Error) => void
  /** Overrides the built worker's path (tests). */
  readonly workerFile?: string
}

/** Loads the model in worker threads and warms it up. Throws `ModelLoadError`. */
export declare function startOnnxBackend(options: OnnxBackendOptions): Promise<Backend>
