import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { InferenceError, ModelGoneError, ModelLoadError } from '../../src/errors.js'
import type { Backend, Batch } from '../../src/model/backend.js'
import { type OnnxBackendOptions, startOnnxBackend } from '../../src/model/onnx-backend.js'
import { packageRoot } from '../../src/package-root.js'
import { POISON, TINY_MODEL, tinyLogits } from './tiny-model.js'

const MORTAL_WORKER = join(packageRoot, 'test/fixtures/mortal-infer-worker.mjs')
const FATAL = 13

let opened: Backend | undefined
afterEach(() => opened?.close())

async function start(options: Partial<OnnxBackendOptions> = {}): Promise<Backend> {
  opened = await startOnnxBackend({ modelPath: TINY_MODEL, ...options })
  return opened
}

const batchOf = (...rows: number[][]): Batch => {
  const length = Math.max(...rows.map((row) => row.length))
  const ids = new Int32Array(rows.length * length)
  for (const [index, row] of rows.entries()) ids.set(row, index * length)
  return { rows: rows.length, length, ids, lengths: Int32Array.from(rows, (row) => row.length) }
}

test('a batch gives the logits of its rows in order, however they are padded', async () => {
  const backend = await start()

  const { logits, seconds } = await backend.run(batchOf([5, 101], [7, 8, 9, 10]))

  expect([...logits]).toEqual([...tinyLogits([5, 101]), ...tinyLogits([7, 8, 9, 10])])
  expect(seconds).toBeGreaterThan(0)
})

test('threads share the work and answer each batch to its caller', async () => {
  const backend = await start({ threads: 2 })
  const rows = Array.from({ length: 40 }, (_, index) => [index + 14, index + 20])

  const results = await Promise.all(rows.map((row) => backend.run(batchOf(row))))

  expect(backend.slots).toBe(4)
  expect(results.map(({ logits }) => [...logits])).toEqual(rows.map(tinyLogits))
})

test('a batch that the model cannot take fails alone', async () => {
  const backend = await start()

  const [bad, good] = await Promise.allSettled([backend.run(batchOf([POISON])), backend.run(batchOf([5]))])

  expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(InferenceError) })
  expect(good.status).toBe('fulfilled')
})

test('closing answers what is running and may be repeated', async () => {
  const backend = await start()

  const running = Array.from({ length: 5 }, (_, index) => backend.run(batchOf([index + 20])))
  await Promise.all([backend.close(), backend.close()])

  expect((await Promise.allSettled(running)).every(({ status }) => status === 'fulfilled')).toBe(true)
  await expect(backend.run(batchOf([5]))).rejects.toThrow(ModelGoneError)
})

test('a thread that ends fails its batches and is started again', async () => {
  const causes: Error[] = []
  const backend = await start({
    workerFile: MORTAL_WORKER,
    onRestart: (cause) => causes.push(cause),
  })

  const results = await Promise.allSettled([backend.run(batchOf([FATAL])), backend.run(batchOf([5]))])

  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(InferenceError) })
  }
  expect([...(await backend.run(batchOf([5]))).logits]).toEqual(tinyLogits([5]))
  expect(causes).toHaveLength(1)
})

test('a thread that keeps ending is given up', async () => {
  const backend = await start({ workerFile: MORTAL_WORKER, maxRestarts: 1 })

  await expect(backend.run(batchOf([FATAL]))).rejects.toThrow(InferenceError)
  await expect(backend.run(batchOf([FATAL]))).rejects.toThrow(InferenceError)

  await expect(backend.run(batchOf([5]))).rejects.toThrow(ModelGoneError)
})

test('a file that is no model is refused by name', async () => {
  const modelPath = join(tmpdir(), `haechi-no-model-${process.pid}.onnx`)
  await writeFile(modelPath, 'not a model')

  await expect(start({ modelPath })).rejects.toThrow(ModelLoadError)
  await expect(start({ modelPath })).rejects.toThrow(modelPath)
})

test('a model with another signature is refused', async () => {
  const modelPath = join(packageRoot, 'test/fixtures/tiny-model/other-signature.onnx')

  await expect(start({ modelPath })).rejects.toThrow(/int64 ids\[2\]/)
})

test('a thread program that was not built is named with the command that builds it', async () => {
  await expect(start({ workerFile: '/nowhere/infer-worker.js' })).rejects.toThrow(
    /\/nowhere\/infer-worker.js: run `npm run build`/,
  )
})
