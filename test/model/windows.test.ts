import { expect, test } from 'vitest'
import { windowsOf } from '../../src/model/windows.js'

const tokensOf = (count: number) => {
  const ids = Array.from({ length: count }, (_, index) => index + 10)
  return { ids, starts: ids.map((id) => id * 2), ends: ids.map((id) => id * 2 + 1) }
}
const size = { tokens: 8, stride: 4 }

test('a short text is one window', () => {
  expect(windowsOf(tokensOf(8), size)).toEqual([tokensOf(8)])
})

test('a text without tokens has no window', () => {
  expect(windowsOf(tokensOf(0), size)).toEqual([])
})

test.each([9, 12, 13, 100])('windows cover %i tokens without a gap, and the last one is needed', (count) => {
  const tokens = tokensOf(count)

  const windows = windowsOf(tokens, size)

  expect(new Set(windows.flatMap(({ ids }) => ids))).toEqual(new Set(tokens.ids))
  expect(new Set(windows.slice(0, -1).flatMap(({ ids }) => ids)).size).toBeLessThan(count)
  expect(windows.map(({ ids }) => (ids[0] ?? 0) - 10)).toEqual(windows.map((_, index) => index * 4))
})

test('each token keeps its range of the original', () => {
  const [, second] = windowsOf(tokensOf(12), size)

  expect(second?.starts[0]).toBe(28)
  expect(second?.ends.at(-1)).toBe(43)
})
