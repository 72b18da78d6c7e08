import { expect, test } from 'vitest'
import { createLengthBuckets } from '../../src/model/length-buckets.js'

const rowOf = (length: number, queuedMs = 0) => ({ ids: new Int32Array(length), queuedMs })
const NOT_YET = -1

test('rows of like length leave together, the batch that waits longest first', () => {
  const buckets = createLengthBuckets({ maxTokens: 1000, maxRows: 64 })
  const [long, short, longer] = [rowOf(30, 1), rowOf(3, 2), rowOf(28, 3)]
  for (const row of [long, short, longer]) buckets.add(row)

  expect(buckets.take(3)).toEqual([long, longer])
  expect(buckets.take(3)).toEqual([short])
  expect(buckets.take(3)).toBeUndefined()
})

test('a row is due from its time on', () => {
  const buckets = createLengthBuckets({ maxTokens: 1000, maxRows: 64 })
  buckets.add(rowOf(3, 10))

  expect(buckets.take(9)).toBeUndefined()
  expect(buckets.take(10)).toHaveLength(1)
})

test('a batch that is full by rows leaves before it is due', () => {
  const buckets = createLengthBuckets({ maxTokens: 1000, maxRows: 3 })
  for (let count = 0; count < 5; count++) buckets.add(rowOf(2))

  expect(buckets.take(NOT_YET)).toHaveLength(3)
  expect(buckets.take(NOT_YET)).toBeUndefined()
})

test('no batch of more than one row costs more than its tokens with padding', () => {
  const buckets = createLengthBuckets<ReturnType<typeof rowOf>>({ maxTokens: 100, maxRows: 64 })
  for (let length = 1; length <= 120; length++) {
    for (let count = 0; count < 40; count++) buckets.add(rowOf(length))
  }

  let taken = 0
  for (let rows = buckets.take(0); rows; rows = buckets.take(0)) {
    const longest = Math.max(...rows.map(({ ids }) => ids.length))
    expect(rows.length === 1 || rows.length * longest <= 100).toBe(true)
    taken += rows.length
  }
  expect(taken).toBe(4800)
})

test('padding adds at most half of the longer rows', () => {
  const buckets = createLengthBuckets<ReturnType<typeof rowOf>>({ maxTokens: 1000, maxRows: 64 })
  for (let length = 4; length <= 400; length++) buckets.add(rowOf(length))

  for (let rows = buckets.take(0); rows; rows = buckets.take(0)) {
    const lengths = rows.map(({ ids }) => ids.length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1.5 * Math.min(...lengths))
  }
})
