import { expect, test } from 'vitest'
import { isLeadAlike, soundDistance } from '../../../src/text/canonicalise/sound-alike.js'

const distance = (a: string, b: string): number => soundDistance(a.charCodeAt(0), b.charCodeAt(0))

test.each([
  ['발', '발', 0],
  ['팔', '발', 1],
  ['벌', '발', 1],
  ['밟', '발', 1],
  ['바', '발', 1],
  ['빨', '팔', 1],
  ['펄', '발', 2],
])('%s and %s differ in %i sounds', (a, b, expected) => {
  expect(distance(a, b)).toBe(expected)
})

test.each([
  ['발', '말'],
  ['발', '불'],
  ['발', '방'],
  ['발', 'ㅂ'],
])('%s and %s are not alike', (a, b) => {
  expect(distance(a, b)).toBeGreaterThan(3)
})

test('plain, tensed and aspirated leads are alike', () => {
  const [g, kk, n] = [0, 1, 2]

  expect(isLeadAlike(g, kk)).toBe(true)
  expect(isLeadAlike(g, n)).toBe(false)
})
