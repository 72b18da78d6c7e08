import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { BatcherFullError, InferenceError, ModelGoneError } from '../../src/errors.js'
import type { Backend, Batch, BatchResult } from '../../src/model/backend.js'
import { type BatcherLimits, type BatchReport, type Clock, createBatcher } from '../../src/model/batcher.js'
import { startOnnxBackend } from '../../src/model/onnx-backend.js'
import { packageRoot } from '../../src/package-root.js'
import { POISON, TINY_MODEL, tinyLogits } from './tiny-model.js'

const MORTAL_WORKER = join(packageRoot, 'test/fixtures/mortal-infer-worker.mjs')
const FATAL = 13

/** Time stands still but for `pass`. */
class ManualClock implements Clock {
  #now = 0
  #timers: { readonly dueMs: number; readonly run: () => void }[] = []

  now = () => this.#now

  after(ms: number, run: () => void): () => void {
    const timer = { dueMs: this.#now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  pass(ms: number): void {
    this.#now += ms
    const due = this.#timers.filter(({ dueMs }) => dueMs <= this.#now)
    this.#timers = this.#timers.filter((timer) => !due.includes(timer))
    for (const { run } of due) run()
  }
}

/** Answers when the test says so. */
class ManualBackend implements Backend {
  readonly batches: { readonly rows: number[][]; readonly answer: () => void }[] = []

  constructor(readonly slots: number) {}

  run({ rows, length, ids, lengths }: Batch): Promise<BatchResult> {
    const list = Array.from({ length: rows }, (_, row) => [
      ...ids.subarray(row * length, row * length + (lengths[row] ?? 0)),
    ])
    return new Promise((resolve) => {
      const answer = () => resolve({ logits: Float32Array.from(list.flatMap(tinyLogits)), seconds: 0.5 })
      this.batches.push({ rows: list, answer })
    })
  }

  async close(): Promise<void> {}
}

function setUp(limits: Partial<BatcherLimits> = {}, slots = 1) {
  const clock = new ManualClock()
  const backend = new ManualBackend(slots)
  const reports: BatchReport[] = []
  const waits: number[] = []
  const queued: number[] = []
  const hooks = {
    onBatch: (report: BatchReport) => reports.push(report),
    onWait: (seconds: number) => waits.push(seconds),
    onQueued: (rows: number) => queued.push(rows),
  }
  const batcher = createBatcher(backend, { maxDelayMs: 4, ...limits }, { clock, hooks })
  return { batcher, backend, clock, reports, waits, queued }
}

let opened: Backend | undefined
afterEach(() => opened?.close())

async function onRealThread(workerFile?: string) {
  opened = await startOnnxBackend({ modelPath: TINY_MODEL, ...(workerFile && { workerFile }) })
  const errors: string[] = []
  const hooks = { onError: (reason: string) => errors.push(reason) }
  return { batcher: createBatcher(opened, { maxDelayMs: 1 }, { hooks }), errors }
}

test('a full batch leaves before its deadline', () => {
  const { batcher, backend } = setUp({ maxRows: 3 })

  for (let id = 20; id < 24; id++) void batcher.submit([id])

  expect(backend.batches.map(({ rows }) => rows)).toEqual([[[20], [21], [22]]])
})

test('a batch that is not full leaves when its first row has waited long enough', () => {
  const { batcher, backend, clock, waits } = setUp()
  void batcher.submit([20])
  clock.pass(2)
  void batcher.submit([21])

  clock.pass(1)
  expect(backend.batches).toHaveLength(0)
  clock.pass(1)

  expect(backend.batches.map(({ rows }) => rows)).toEqual([[[20], [21]]])
  expect(waits).toEqual([0.004, 0.002])
})

test('no more batches are handed over than the backend has slots; an answer makes room', async () => {
  const { batcher, backend } = setUp({ maxRows: 1 }, 2)
  const rows = [20, 21, 22].map((id) => batcher.submit([id]))

  expect(backend.batches).toHaveLength(2)
  backend.batches[0]?.answer()
  await rows[0]

  expect(backend.batches).toHaveLength(3)
})

test('rows of other lengths do not share a batch', () => {
  const { batcher, backend, clock } = setUp({}, 4)
  for (const length of [2, 30, 3, 28]) void batcher.submit(new Int32Array(length).fill(20))

  clock.pass(4)

  expect(backend.batches.map(({ rows }) => rows.map(({ length }) => length))).toEqual([
    [2, 3],
    [30, 28],
  ])
})

test('each row gets its own logits', async () => {
  const { batcher, backend, clock } = setUp()
  const rows = [[20], [21, 22], [23, 24, 25]]
  const answers = rows.map((ids) => batcher.submit(ids))
  clock.pass(4)
  backend.batches[0]?.answer()

  expect((await Promise.all(answers)).map((logits) => [...logits])).toEqual(rows.map(tinyLogits))
})

test('a batch is reported with its padding and its time in the model', async () => {
  const { batcher, backend, clock, reports } = setUp()
  const answer = batcher.submit([20])
  void batcher.submit([20, 21, 22])
  clock.pass(4)
  backend.batches[0]?.answer()
  await answer

  expect(reports).toEqual([{ rows: 2, realTokens: 4, paddingTokens: 2, seconds: 0.5 }])
})

test('a full queue refuses and does not grow', async () => {
  const { batcher, queued } = setUp({ maxQueuedRows: 2 })
  for (const id of [20, 21]) void batcher.submit([id])

  await expect(batcher.submit([22])).rejects.toThrow(BatcherFullError)

  expect(queued).toEqual([1, 2])
})

test('closing lets waiting rows leave at once, answers them and refuses more', async () => {
  const { batcher, backend } = setUp()
  const row = batcher.submit([20])

  const closed = batcher.close()
  backend.batches[0]?.answer()
  await closed

  expect([...(await row)]).toEqual(tinyLogits([20]))
  await expect(batcher.submit([21])).rejects.toThrow('closed')
})

test('closing an idle batcher, also twice, ends at once', async () => {
  const { batcher } = setUp()

  await batcher.close()
  await batcher.close()
})

test('a row without tokens is refused', async () => {
  await expect(setUp().batcher.submit([])).rejects.toThrow(InferenceError)
})

test('of a batch with one bad row only that row is rejected', async () => {
  const { batcher, errors } = await onRealThread()
  const rows = Array.from({ length: 20 }, (_, index) => [index + 20, index === 13 ? POISON : 5])

  const results = await Promise.allSettled(rows.map((row) => batcher.submit(row)))

  expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([13])
  expect(errors.filter((reason) => reason === 'row')).toHaveLength(1)
})

test('a row that takes the thread down takes no other row with it', async () => {
  const { batcher } = await onRealThread(MORTAL_WORKER)
  const rows = Array.from({ length: 20 }, (_, index) =>
    index === 7 ? [FATAL] : new Array(index + 1).fill(5),
  )

  const results = await Promise.allSettled(rows.map((row) => batcher.submit(row)))

  expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([7])
})

test('rows are rejected, not tried again, when the backend is gone for good', async () => {
  const { batcher, errors } = await onRealThread()
  await opened?.close()

  await expect(batcher.submit([20])).rejects.toThrow(ModelGoneError)
  expect(errors).toEqual([])
})

test('the logits of a row do not depend on its batch mates', async () => {
  const { batcher } = await onRealThread()
  const rows = Array.from({ length: 300 }, (_, index) =>
    Array.from({ length: 1 + ((index * 7) % 40) }, (_, place) => 1 + ((index + place) % 90)).filter(
      (id) => id !== FATAL,
    ),
  )

  const together = await Promise.all(rows.map((row) => batcher.submit(row)))

  expect(together.map((logits) => [...logits])).toEqual(rows.map(tinyLogits))
})
