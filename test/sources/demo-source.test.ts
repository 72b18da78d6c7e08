import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { decode } from '../../src/sources/decode.js'
import { createDemoSource, type DemoOptions, findEmotes } from '../../src/sources/demo-source.js'
import type { SourceRecord, TopicPartition } from '../../src/sources/source.js'

const startMs = Date.UTC(2026, 0, 5, 12)

const collect = () => {
  const records: SourceRecord[] = []
  const assigned: TopicPartition[] = []
  const sink = {
    assign: (partitions: readonly TopicPartition[]) => void assigned.push(...partitions),
    accept: (_: TopicPartition, batch: readonly SourceRecord[]) => void records.push(...batch),
  }
  return { records, assigned, sink }
}

const play = async (options: Partial<DemoOptions>, ms: number) => {
  const { records, assigned, sink } = collect()
  const onEnd = vi.fn()
  const source = createDemoSource({ seed: 7, ratePerSecond: 10, startMs, ...options })
  await source.start(sink, onEnd)
  await vi.advanceTimersByTimeAsync(ms)
  await source.close()
  return { records, assigned, onEnd }
}

const messageOf = (record: SourceRecord) => {
  const decoded = decode(record, record.timestampMs)
  if (decoded.kind !== 'message') throw new Error(`not decodable: ${decoded.detail}`)
  return decoded.message
}

describe('the demo source', () => {
  beforeEach(() => void vi.useFakeTimers({ now: startMs }))
  afterEach(() => void vi.useRealTimers())

  test('delivers records that the real decoder accepts, about as many a second as asked for', async () => {
    const { records, assigned } = await play({}, 60_000)

    const messages = records.map(messageOf)

    expect(assigned).toHaveLength(4)
    expect(messages.length).toBeGreaterThan(450)
    expect(messages.length).toBeLessThan(900)
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length)
  })

  test('says something over the line within three seconds', async () => {
    const { records } = await play({ ratePerSecond: 8 }, 3000)

    expect(records.map((record) => messageOf(record).text)).toContain('야 이 시1발 새끼야 방송 접어라')
  })

  test('keeps one user in one partition, with offsets that rise', async () => {
    const { records } = await play({ total: 500, ratePerSecond: 1000 }, 5000)

    const homes = new Set(records.map(({ key, partition }) => `${key} ${partition}`))
    expect(homes.size).toBe(new Set(records.map(({ key }) => String(key))).size)
    expect(new Set(records.map(({ partition }) => partition)).size).toBe(4)
    const offsets = records.map(({ offset }) => offset)
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
    expect(offsets.every(Number.isSafeInteger)).toBe(true)
  })

  test('a later run has the same texts, fresh ids and higher offsets', async () => {
    const first = await play({ total: 50, ratePerSecond: 1000 }, 5000)
    const later = await play({ total: 50, ratePerSecond: 1000, startMs: startMs + 10_000 }, 5000)

    const [one, two] = [first, later].map(({ records }) => records.map(messageOf))
    expect(two?.map(({ text }) => text)).toEqual(one?.map(({ text }) => text))
    expect(two?.some(({ id }) => one?.some((other) => other.id === id))).toBe(false)
    expect(later.records[0]?.offset).toBeGreaterThan(first.records.at(-1)?.offset ?? Number.POSITIVE_INFINITY)
  })

  test('ends after `total` lines and says so once', async () => {
    const { records, onEnd } = await play({ total: 20, ratePerSecond: 1000 }, 5000)

    expect(records).toHaveLength(20)
    expect(onEnd).toHaveBeenCalledTimes(1)
  })

  test('is silent while a partition is paused and does not flood afterwards', async () => {
    const { records, sink } = collect()
    const source = createDemoSource({ seed: 7, ratePerSecond: 10, startMs })
    await source.start(sink, () => {})
    source.setPaused({ topic: 'demo', partition: 1 }, true)
    const before = records.length
    await vi.advanceTimersByTimeAsync(30_000)
    const during = records.length - before

    source.setPaused({ topic: 'demo', partition: 1 }, false)
    await vi.advanceTimersByTimeAsync(1000)
    await source.close()

    expect(during).toBe(0)
    expect(records.length).toBeGreaterThan(before)
    expect(records.length - before).toBeLessThan(60)
  })

  test('is silent after close, which may be called twice', async () => {
    const { records, sink } = collect()
    const source = createDemoSource({ seed: 7, ratePerSecond: 10, startMs })
    await source.start(sink, () => {})
    await source.close()
    await source.close()
    const before = records.length

    await vi.advanceTimersByTimeAsync(5000)

    expect(records).toHaveLength(before)
  })
})

test('emotes are found by code points, past characters outside the basic plane', () => {
  expect(findEmotes('🔥🔥 가자 Kappa')).toEqual([{ id: '25', start: 6, end: 11 }])
  expect(findEmotes('Kappa Kappa')).toEqual([
    { id: '25', start: 0, end: 5 },
    { id: '25', start: 6, end: 11 },
  ])
})
