import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { InferenceError, ModelLoadError } from '../errors.js'
import type { Batch, BatchResult } from './backend.js'
import type { FromThread, ThreadSetup, ToThread } from './infer-protocol.js'

/** One model thread that is warm. */
export interface InferThread {
  /** Batches handed over and not answered. */
  pending(): number
  /** Rejects with `InferenceError`, also when the thread ends first. */
  run(batch: Batch): Promise<BatchResult>
  /** Answers what is pending, then ends the thread. */
  close(): Promise<void>
  /** Settles when the thread is gone. */
  readonly ended: Promise<Error>
}

interface Waiting {
  resolve(result: BatchResult): void
  reject(error: Error): void
}

/** Starts `workerFile` and waits until its model is warm. Throws `ModelLoadError`. */
export async function startInferThread(workerFile: string, setup: ThreadSetup): Promise<InferThread> {
  if (!existsSync(workerFile)) {
    throw new ModelLoadError(`there is no ${workerFile}: run \`npm run build\` first`)
  }
  // ONNX Runtime 1.30 reports its use to its makers unless this stands in the process's environment.
  process.env.ORT_DISABLE_TELEMETRY = '1'
  // Without our own process's flags: a test runner's loader has no business in this thread.
  const worker = new Worker(workerFile, { workerData: setup, execArgv: [] })
  const ended = endOf(worker)
  await warm(worker, ended, setup.modelPath)
  return answering(worker, ended)
}

function endOf(worker: Worker): Promise<Error> {
  let cause: unknown
  worker.on('error', (error) => {
    cause = error
  })
  return new Promise((resolve) => {
    worker.once('exit', (code) => resolve(new InferenceError(`the model thread ended (${code})`, { cause })))
  })
}

async function warm(worker: Worker, ended: Promise<Error>, modelPath: string): Promise<void> {
  const first = new Promise<FromThread>((resolve) => worker.once('message', resolve))
  const answer = await Promise.race([first, ended])
  if ('kind' in answer && answer.kind === 'ready') return
  const detail = 'kind' in answer && answer.kind === 'refused' ? answer.detail : String(answer)
  await ended
  throw new ModelLoadError(
    `cannot run the model ${modelPath} (${detail}): choose another one, or export it again`,
    { cause: answer },
  )
}

function answering(worker: Worker, ended: Promise<Error>): InferThread {
  const waiting: Waiting[] = []
  let isGone = false

  worker.on('message', (message: FromThread) => {
    const batch = waiting.shift()
    if (message.kind === 'done') batch?.resolve(message.result)
    if (message.kind === 'failed') batch?.reject(new InferenceError(`a batch failed: ${message.detail}`))
  })
  const gone = ended.then((error) => {
    isGone = true
    for (const batch of waiting.splice(0)) batch.reject(error)
  })

  const send = (message: ToThread, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer)
  const run = (batch: Batch): Promise<BatchResult> => {
    if (isGone) return Promise.reject(new InferenceError('the model thread is gone'))
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      send({ kind: 'run', batch }, [batch.ids.buffer, batch.lengths.buffer])
    })
  }
  // Never `terminate()`: ONNX Runtime aborts the whole process when that meets a running batch.
  const close = (): Promise<void> => {
    send({ kind: 'close' })
    return gone
  }
  return { pending: () => waiting.length, run, close, ended }
}
