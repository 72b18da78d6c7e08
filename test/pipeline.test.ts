import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ProcessBatch } from '../src/lane.js'
import { Pipeline, type PipelineDeps } from '../src/pipeline.js'
import {
  type CommitResult,
  partitionName,
  type RecordSink,
  type Source,
  type SourceRecord,
  type TopicPartition,
} from '../src/sources/source.js'

const P0: TopicPartition = { topic: 'chat.messages', partition: 0 }
const P1: TopicPartition = { topic: 'chat.messages', partition: 1 }

const records = (partition: TopicPartition, from: number, count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    ...partition,
    offset: from + index,
    key: null,
    value: null,
    timestampMs: 0,
  }))

class RecordedSource implements Source {
  sink: RecordSink | null = null
  closed = 0
  readonly paused = new Map<string, boolean>()
  readonly commits: Record<string, number>[] = []
  failNextCommit = false
  async start(sink: RecordSink): Promise<void> {
    this.sink = sink
  }
  setPaused(partition: TopicPartition, paused: boolean): void {
    this.paused.set(partitionName(partition), paused)
  }
  async commit(offsets: readonly (TopicPartition & { readonly offset: number })[]): Promise<CommitResult> {
    if (this.failNextCommit) {
      this.failNextCommit = false
      throw new Error('rebalance in progress')
    }
    this.commits.push(Object.fromEntries(offsets.map((o) => [partitionName(o), o.offset])))
    return 'ok'
  }
  async close(): Promise<void> {
    this.closed += 1
  }
}

const setUp = async (process: ProcessBatch, overrides: Partial<PipelineDeps> = {}) => {
  const source = new RecordedSource()
  const fatal: unknown[] = []
  const pipeline = new Pipeline(source, {
    process,
    watermark: async () => -1,
    restart: async (_partition, watermark) => watermark,
    onRedelivered: () => {},
    onFatal: (error) => fatal.push(error),
    onConsumed: () => {},
    onAssigned: () => {},
    onCommit: () => {},
    ...overrides,
  })
  await pipeline.start()
  return { source, pipeline, fatal }
}

const all: ProcessBatch = async (_partition, base, batch) => ({ watermark: batch.at(-1)?.offset ?? base })

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(600)

test('what is done is committed as the next offset to read, per partition', async () => {
  const { source, pipeline } = await setUp(all)
  pipeline.assign([P0, P1])

  pipeline.accept(P0, records(P0, 5, 3))
  pipeline.accept(P1, records(P1, 0, 1))
  await settle()

  expect(source.commits).toEqual([{ 'chat.messages/0': 8, 'chat.messages/1': 1 }])
})

test('nothing new is nothing to commit, and a failed commit is made up for', async () => {
  const { source, pipeline } = await setUp(all)
  pipeline.assign([P0])
  source.failNextCommit = true

  pipeline.accept(P0, records(P0, 0, 2))
  await settle()
  await settle()
  await settle()

  expect(source.commits).toEqual([{ 'chat.messages/0': 2 }])
})

test('a full lane pauses its own partition only, and lets go when it is short again', async () => {
  let release: () => void = () => {}
  const slow: ProcessBatch = async (partition, base, batch) => {
    if (partition === 'chat.messages/0') await new Promise<void>((resolve) => (release = resolve))
    return all(partition, base, batch, new AbortController().signal)
  }
  const { source, pipeline } = await setUp(slow)
  pipeline.assign([P0, P1])

  pipeline.accept(P0, records(P0, 0, 200))
  pipeline.accept(P1, records(P1, 0, 40))
  await settle()
  const whileFull = source.paused.get('chat.messages/0')
  for (let batch = 0; batch < 4; batch += 1) {
    release()
    await settle()
  }

  expect(whileFull).toBe(true)
  expect(source.paused.get('chat.messages/0')).toBe(false)
  expect(source.paused.has('chat.messages/1')).toBe(false)
  expect(source.commits[0]).toEqual({ 'chat.messages/1': 40 })
})

test('records at or below the watermark are skipped and committed', async () => {
  const seen: number[] = []
  let redelivered = 0
  const { source, pipeline } = await setUp(
    async (partition, base, batch, signal) => {
      seen.push(...batch.map((r) => r.offset))
      return all(partition, base, batch, signal)
    },
    { watermark: async () => 6, onRedelivered: (count) => (redelivered += count) },
  )
  pipeline.assign([P0])

  pipeline.accept(P0, records(P0, 5, 4))
  await settle()

  expect(seen).toEqual([7, 8])
  expect(redelivered).toBe(2)
  expect(source.commits).toEqual([{ 'chat.messages/0': 9 }])
})

test('a stale base is computed again on the watermark that another owner left', async () => {
  const bases: number[] = []
  const { source, pipeline } = await setUp(async (partition, base, batch, signal) => {
    bases.push(base)
    return base === -1 ? { watermark: 1 } : all(partition, base, batch, signal)
  })
  pipeline.assign([P0])

  pipeline.accept(P0, records(P0, 0, 4))
  await settle()

  expect(bases).toEqual([-1, 1])
  expect(source.commits).toEqual([{ 'chat.messages/0': 4 }])
})

test('after a new assignment nothing of the old one is committed, and its pauses are lifted', async () => {
  const { source, pipeline } = await setUp(
    (_p, _b, _r, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  )
  pipeline.assign([P0])
  pipeline.accept(P0, records(P0, 0, 200))
  await settle()

  pipeline.assign([P1])
  await settle()

  expect(source.paused.get('chat.messages/0')).toBe(false)
  expect(source.commits).toEqual([])
})

test('a bug is reported once, not retried', async () => {
  const { pipeline, fatal } = await setUp(async () => {
    throw new TypeError('broken')
  })
  pipeline.assign([P0])

  pipeline.accept(P0, records(P0, 0, 1))
  await settle()

  expect(fatal).toEqual([new TypeError('broken')])
})

test('closing finishes the batch in flight, commits it, and leaves the rest to the next owner', async () => {
  let release: () => void = () => {}
  const { source, pipeline } = await setUp(async (partition, base, batch, signal) => {
    await new Promise<void>((resolve) => (release = resolve))
    return all(partition, base, batch, signal)
  })
  pipeline.assign([P0])
  pipeline.accept(P0, records(P0, 0, 100))
  await settle()

  const closed = pipeline.close({ drainWaiting: false })
  release()
  await closed
  await pipeline.close({ drainWaiting: false })

  expect(source.commits).toEqual([{ 'chat.messages/0': 64 }])
  expect(source.closed).toBe(1)
})

test('closing judges everything that waits where nothing would deliver it again', async () => {
  const { source, pipeline } = await setUp(all)
  pipeline.assign([P0])
  pipeline.accept(P0, records(P0, 0, 150))

  await pipeline.close({ drainWaiting: true })

  expect(source.commits.at(-1)).toEqual({ 'chat.messages/0': 150 })
})

test('a topic that was made anew starts from its beginning, whatever watermark the old one left', async () => {
  const seen: number[] = []
  const { source, pipeline } = await setUp(
    async (partition, base, batch, signal) => {
      seen.push(...batch.map((r) => r.offset))
      return all(partition, base, batch, signal)
    },
    { watermark: async () => 500, restart: async () => -1 },
  )
  pipeline.assign([P0])

  pipeline.accept(P0, records(P0, 0, 3), 3)
  await settle()

  expect(seen).toEqual([0, 1, 2])
  expect(source.commits).toEqual([{ 'chat.messages/0': 3 }])
})

test('closing gives up on what waits for a dependency that is away', async () => {
  const { source, pipeline } = await setUp(() => new Promise(() => {}))
  pipeline.assign([P0])
  pipeline.accept(P0, records(P0, 0, 10))
  await settle()

  const closed = pipeline.close({ drainWaiting: true })
  await vi.advanceTimersByTimeAsync(7_000)
  await closed

  expect(source.commits).toEqual([])
  expect(source.closed).toBe(1)
})

test('closing does not wait for a commit that hangs', async () => {
  const { source, pipeline } = await setUp(all)
  source.commit = () => new Promise(() => {})
  pipeline.assign([P0])
  pipeline.accept(P0, records(P0, 0, 10))
  await settle()

  const closed = pipeline.close({ drainWaiting: false })
  await vi.advanceTimersByTimeAsync(7_000)
  await closed

  expect(source.closed).toBe(1)
})

test('a commit that a rebalance overtook is made again', async () => {
  const { source, pipeline } = await setUp(all)
  const commit = source.commit.bind(source)
  let isFirst = true
  source.commit = async (offsets) => {
    if (!isFirst) return commit(offsets)
    isFirst = false
    return 'rejected'
  }
  pipeline.assign([P0])

  pipeline.accept(P0, records(P0, 0, 2))
  await settle()
  await settle()

  expect(source.commits).toEqual([{ 'chat.messages/0': 2 }])
})
