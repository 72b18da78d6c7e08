import { expect, test } from 'vitest'
import { createTermMatcher } from '../../src/text/term-matcher.js'
import { mapped } from './texts.js'

const find = (patterns: readonly string[], text: string) =>
  createTermMatcher(patterns.map((pattern) => mapped(pattern).codePoints))
    .find(mapped(text))
    .map(({ pattern, start, end }) => [patterns[pattern], start, end])

test('all occurrences are found, overlapping ones too, in the order in which they end', () => {
  expect(find(['시발', '시발점', '발점'], '시발점 시발')).toEqual([
    ['시발', 0, 2],
    ['시발점', 0, 3],
    ['발점', 1, 3],
    ['시발', 4, 6],
  ])
})

test('a pattern inside of another is found where only the inner one goes on', () => {
  expect(find(['abcd', 'bc', 'c'], 'xabce')).toEqual([
    ['bc', 2, 4],
    ['c', 3, 4],
  ])
})

test('an empty pattern never matches', () => {
  expect(find([''], '가나')).toEqual([])
})

test('of equal patterns the first is reported, once', () => {
  expect(find(['가', '가'], '가')).toEqual([['가', 0, 1]])
})

test('code points outside the BMP are one place each', () => {
  expect(find(['🤬나'], '😀🤬나')).toEqual([['🤬나', 1, 3]])
})
