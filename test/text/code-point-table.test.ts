import { expect, test } from 'vitest'
import { codePointMap, codePointSet } from '../../src/text/code-point-table.js'

test('a set has its code points and none beside them, wherever they lie', () => {
  const codePoints = [0x20, 0x3f, 0x40, 0x3131, 0xd7a3, 0xffff]
  const set = codePointSet(codePoints)
  const found = Array.from({ length: 0x10_020 }, (_, i) => i - 16).filter(set.has)

  expect(found).toEqual(codePoints)
  expect([Number.NaN, 0x11_0000].map(set.has)).toEqual([false, false])
})

test('of two entries of a map the later one counts', () => {
  const map = codePointMap([
    [0x61, 'a'],
    [0xac00, '가'],
    [0x61, 'b'],
  ])

  expect([0x61, 0xac00, 0x62].map(map.get)).toEqual(['b', '가', undefined])
  expect([0x61, 0x62].map(map.has)).toEqual([true, false])
})
