import { expect, test, vi } from 'vitest'
import { Lane, type LaneDeps, type ProcessBatch } from '../src/lane.js'
import type { SourceRecord } from '../src/sources/source.js'

const recordAt = (offset: number): SourceRecord => ({
  topic: 't',
  partition: 0,
  offset,
  key: null,
  value: null,
  timestampMs: 1_000 + offset,
})

const range = (from: number, count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, index) => recordAt(from + index))

const all: ProcessBatch = async (_name, base, batch) => ({ watermark: batch.at(-1)?.offset ?? base })

const setUp = (process: ProcessBatch, overrides: Partial<LaneDeps> = {}) => {
  const batches: [base: number, offsets: readonly number[]][] = []
  const onFatal = vi.fn()
  const onRedelivered = vi.fn()
  const onQueueLength = vi.fn()
  const lane = new Lane('t/0', {
    watermark: async () => -1,
    process: (name, base, records, signal) => {
      batches.push([base, records.map(({ offset }) => offset)])
      return process(name, base, records, signal)
    },
    restart: async (_name, watermark) => watermark,
    maxBatch: 3,
    onQueueLength,
    onRedelivered,
    onFatal,
    ...overrides,
  })
  return { lane, batches, onFatal, onRedelivered, onQueueLength }
}

/** A step that stands still until it is let go. */
const gated = () => {
  const gates: (() => void)[] = []
  const process: ProcessBatch = async (name, base, batch, signal) => {
    await new Promise<void>((resolve) => gates.push(resolve))
    return all(name, base, batch, signal)
  }
  return { process, open: () => gates.shift()?.() }
}

test('records are judged in order, in batches of at most the limit, each on what the one before left', async () => {
  const { lane, batches } = setUp(all)

  lane.accept(range(4, 7))
  await lane.drain(true)

  expect(batches).toEqual([
    [-1, [4, 5, 6]],
    [6, [7, 8, 9]],
    [9, [10]],
  ])
  expect(lane.nextOffset).toBe(11)
})

test('what comes while a batch is in flight waits for it, and is counted', async () => {
  const { process, open } = gated()
  const { lane, batches } = setUp(process)
  lane.accept(range(0, 1))
  await vi.waitFor(() => expect(batches).toHaveLength(1))

  lane.accept(range(1, 2))

  expect([lane.inFlight, lane.length, lane.oldestMs, lane.nextOffset]).toEqual([1, 2, 1_000, null])
  open()
  await vi.waitFor(() => expect(batches).toHaveLength(2))
  expect(lane.nextOffset).toBe(1)
  open()
  await lane.drain(true)
  expect([lane.inFlight, lane.length, lane.oldestMs, lane.nextOffset]).toEqual([0, 0, null, 3])
})

test('what the watermark covers is skipped and counted, and may be committed', async () => {
  const { lane, batches, onRedelivered } = setUp(all, { watermark: async () => 5 })

  lane.accept(range(4, 2))
  await lane.drain(true)

  expect(batches).toEqual([])
  expect(onRedelivered).toHaveBeenCalledWith(2)
  expect(lane.nextOffset).toBe(6)
})

test('a stale base: only what the other owner left is judged again', async () => {
  const { lane, batches } = setUp(async (name, base, batch, signal) =>
    base === -1 ? { watermark: 1 } : all(name, base, batch, signal),
  )

  lane.accept(range(0, 3))
  await lane.drain(true)

  expect(batches).toEqual([
    [-1, [0, 1, 2]],
    [1, [2]],
  ])
})

test('draining without what waits finishes the batch in flight only', async () => {
  const { process, open } = gated()
  const { lane, batches } = setUp(process)
  lane.accept(range(0, 7))
  await vi.waitFor(() => expect(batches).toHaveLength(1))

  const drained = lane.drain(false)
  lane.accept(range(7, 1))
  open()
  await drained

  expect(batches).toEqual([[-1, [0, 1, 2]]])
  expect(lane.nextOffset).toBe(3)
})

test('a cancelled lane commits nothing, and its abort is no failure', async () => {
  const { lane, batches, onFatal } = setUp(
    (_name, _base, _batch, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  )
  lane.accept(range(0, 2))
  await vi.waitFor(() => expect(batches).toHaveLength(1))

  lane.cancel()
  await lane.drain(true)

  expect(lane.nextOffset).toBeNull()
  expect(onFatal).not.toHaveBeenCalled()
})

test('a result that comes after the lane was cancelled is not committed', async () => {
  const { process, open } = gated()
  const { lane, batches } = setUp(process)
  lane.accept(range(0, 2))
  await vi.waitFor(() => expect(batches).toHaveLength(1))

  lane.cancel()
  open()
  await lane.drain(true)

  expect(lane.nextOffset).toBeNull()
})

test('a bug ends the lane and is told once', async () => {
  const { lane, batches, onFatal } = setUp(async () => {
    throw new TypeError('broken')
  })

  lane.accept(range(0, 7))
  await lane.drain(true)

  expect(batches).toHaveLength(1)
  expect(onFatal.mock.calls).toEqual([[new TypeError('broken')]])
  expect(lane.nextOffset).toBeNull()
})
