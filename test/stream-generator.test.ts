import { describe, expect, test } from 'vitest'
import { decode } from '../src/sources/decode.js'
import { generateStream, type StreamRecord } from './fixtures/stream-generator.js'
import { generateChat, repeatKey } from './fixtures/stream-generator-chat.js'
import { MALFORMED_KINDS, malformedReason } from './fixtures/stream-generator-malformed.js'

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN

const shareOf = <T>(items: readonly T[], test: (item: T) => boolean): number =>
  items.filter(test).length / items.length

describe('chat for benchmarks', () => {
  const texts = generateChat({ seed: 1, lines: 20_000 })

  test('has the lengths of real chat', () => {
    const lengths = texts.map((text) => [...text].length)

    expect(percentile(lengths, 0.5)).toBeGreaterThanOrEqual(6)
    expect(percentile(lengths, 0.5)).toBeLessThanOrEqual(8)
    expect(percentile(lengths, 0.95)).toBeGreaterThan(18)
    expect(percentile(lengths, 0.95)).toBeLessThanOrEqual(25)
  })

  test('has the laughter and the runs of real chat', () => {
    expect(shareOf(texts, (text) => /^[ㅋㅎㅠ]+$/.test(text))).toBeCloseTo(0.17, 1)
    expect(shareOf(texts, (text) => /(.)\1{4}/u.test(text))).toBeGreaterThan(0.17)
    expect(shareOf(texts, (text) => /(.)\1{4}/u.test(text))).toBeLessThan(0.25)
  })

  test('repeats itself no more than asked', () => {
    const keys = texts.map(repeatKey)

    expect(1 - new Set(keys).size / keys.length).toBeLessThanOrEqual(0.305)
  })

  test('is the same for the same seed', () => {
    expect(generateChat({ seed: 2, lines: 200 })).toEqual(generateChat({ seed: 2, lines: 200 }))
    expect(generateChat({ seed: 3, lines: 200 })).not.toEqual(generateChat({ seed: 2, lines: 200 }))
  })
})

describe('the stream of the cluster test', () => {
  const options = { seed: 11, lines: 20_000, users: 500, boardLines: 2000, malformed: 200 }
  const records = generateStream(options)
  const labelled = records.filter(({ label }) => label !== undefined)
  const decoded = (record: StreamRecord) => decode(record, Date.UTC(2026, 5, 1))

  test('is the same for the same seed', () => {
    const again = generateStream(options)

    expect(again.every(({ value }, index) => records[index]?.value.equals(value))).toBe(true)
  })

  test('has exactly the records that were asked for, of every kind', () => {
    expect(records).toHaveLength(20_000)
    expect(labelled.filter(({ topic }) => topic === 'board.posts')).toHaveLength(2000)
    const kinds = records.flatMap(({ malformedKind }) => malformedKind ?? [])
    expect(kinds).toHaveLength(200)
    expect(new Set(kinds)).toEqual(new Set(MALFORMED_KINDS))
    expect(MALFORMED_KINDS).toHaveLength(12)
  })

  test('every labelled record decodes to a message with the key of its user', () => {
    for (const record of labelled) {
      const result = decoded(record)
      expect(result).toMatchObject({ kind: 'message' })
      if (result.kind !== 'message') continue
      expect(record.key).toBe(`${result.message.channel.id}:${result.message.author.id}`)
    }
  })

  test('every malformed record is refused for the reason that is promised', () => {
    for (const record of records) {
      if (record.malformedKind === undefined) continue
      expect(decoded(record), record.malformedKind).toMatchObject({
        kind: 'dead-letter',
        reason: malformedReason(record.malformedKind),
      })
    }
  })

  test('a tenth of the users are abusive, each of them more than once', () => {
    const counts = new Map<string, number>()
    for (const { key, label } of labelled) {
      const user = key.split(':')[1] ?? ''
      counts.set(user, (counts.get(user) ?? 0) + (label?.abusive === true ? 1 : 0))
    }

    const abusive = [...counts.values()].filter((count) => count > 0)

    expect(counts.size).toBe(500)
    expect(abusive).toHaveLength(50)
    expect(Math.min(...abusive)).toBeGreaterThan(1)
  })

  test('some posts are abusive only far from their beginning', () => {
    const late = labelled.filter(
      ({ topic, label, value }) => topic === 'board.posts' && label?.abusive && value.length > 900,
    )

    expect(late.length).toBeGreaterThan(5)
  })
})
