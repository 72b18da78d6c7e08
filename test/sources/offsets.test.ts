import { expect, test } from 'vitest'
import { PartitionOffsets } from '../../src/sources/offsets.js'

const deliver = (
  first: number,
  last: number,
  position: number,
  highWatermark = position,
): PartitionOffsets => {
  const offsets = new PartitionOffsets()
  offsets.delivered(first, last, position, highWatermark)
  return offsets
}

test('what is done is committed as it is while later records wait', () => {
  const offsets = deliver(10, 19, 20)

  expect(offsets.toCommit(15)).toBe(15)
  expect(offsets.gapToCommit()).toBeNull()
})

test('the last record done commits beyond the gap that follows it', () => {
  const offsets = deliver(10, 19, 23)

  expect(offsets.toCommit(20)).toBe(23)
})

test('a gap found later, with nothing waiting, is committed on its own, once', () => {
  const offsets = deliver(10, 19, 20)
  offsets.committed(offsets.toCommit(20))
  offsets.skipped(22, 22)

  expect(offsets.gapToCommit()).toBe(22)
  offsets.committed(22)
  expect(offsets.gapToCommit()).toBeNull()
})

test('a gap found while records wait is not committed before they are done', () => {
  const offsets = deliver(10, 19, 20)
  offsets.toCommit(18)
  offsets.skipped(22, 22)

  expect(offsets.gapToCommit()).toBeNull()
  expect(offsets.toCommit(20)).toBe(22)
})

test('a partition that begins with a gap commits it', () => {
  const offsets = new PartitionOffsets()
  offsets.skipped(3, 3)

  expect(offsets.gapToCommit()).toBe(3)
})

test('a commit that failed is due again', () => {
  const offsets = deliver(0, 4, 5)
  offsets.toCommit(5)

  expect(offsets.gapToCommit()).toBe(5)
})

test('the lag counts what was handed over and is not done', () => {
  const offsets = deliver(10, 19, 20, 100)

  expect(offsets.lag).toBe(90)
  offsets.toCommit(15)
  expect(offsets.lag).toBe(85)
})

test('an idle partition has no lag, and one without any fetch has none to tell', () => {
  const offsets = deliver(10, 19, 23)
  offsets.toCommit(20)

  expect(offsets.lag).toBe(0)
  expect(new PartitionOffsets().lag).toBeNull()
})

test('only a partition without any fetch is untouched', () => {
  expect(new PartitionOffsets().isUntouched).toBe(true)
  expect(deliver(0, 0, 1).isUntouched).toBe(false)
})
