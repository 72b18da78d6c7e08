import { expect, test } from 'vitest'
import { createJoinPacer } from '../../src/sources/twitch-join-pacer.js'

test('no ten seconds see more than twenty joins, whatever is asked', () => {
  const pace = createJoinPacer()
  const joinedAtMs: number[] = []

  for (let nowMs = 0; nowMs < 120_000; nowMs += 7) if (pace(nowMs) === 0) joinedAtMs.push(nowMs)

  for (const from of joinedAtMs) {
    expect(joinedAtMs.filter((at) => at >= from && at <= from + 10_000).length).toBeLessThanOrEqual(20)
  }
  expect(joinedAtMs.length).toBeGreaterThan(200)
})

test('waiting as long as told is enough', () => {
  const pace = createJoinPacer()
  for (let i = 0; i < 20; i++) expect(pace(0)).toBe(0)

  const waitMs = pace(500)

  expect(waitMs).toBeGreaterThan(0)
  expect(pace(500 + waitMs)).toBe(0)
})
