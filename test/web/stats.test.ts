import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRate, createStats } from '../../src/web/stats.js'
import { openModeration } from './moderation.js'

let moderation: ReturnType<typeof openModeration>
beforeEach(() => {
  moderation = openModeration(':memory:')
})
afterEach(() => moderation.close())

test('the rate is that of the last ten seconds', () => {
  let now = 0
  const rateOf = createRate(() => now)

  expect(rateOf(500)).toBe(0)
  now = 2_000
  expect(rateOf(700)).toBe(100)
  now = 12_000
  expect(rateOf(1_700)).toBe(100)
  now = 30_000
  expect(rateOf(1_700)).toBe(0)
  now = 31_000
  expect(rateOf(1_750)).toBe(50)
})

test('a process that sees the stream adds its counts', async () => {
  const counts = { consumed: 40, flagged: 2, mild: 1, deadLetters: 0 }
  const stats = createStats({ cases: moderation.cases, stream: () => counts, now: () => 0 })

  expect(await stats()).toEqual({ openCases: 0, channels: [], stream: { ...counts, perSecond: 0 } })
})

test('many pages cost one look a second', async () => {
  let now = 0
  const stats = createStats({ cases: moderation.cases, now: () => now })
  await stats()
  await moderation.flag({ text: 'a' })

  now = 999
  const soon = await stats()
  now = 1_000
  const later = await stats()

  expect(soon.openCases).toBe(0)
  expect(later.openCases).toBe(1)
})
