import { expect, test } from 'vitest'
import { createTermMatcher, type TermMatch } from '../../src/text/term-matcher.js'
import { mapped } from './texts.js'

const matcherOf = (patterns: readonly string[]) =>
  createTermMatcher(patterns.map((value) => ({ codePoints: mapped(value).codePoints, value })))

const chain = <T>(match: TermMatch<T> | null): readonly TermMatch<T>[] =>
  match === null ? [] : [match, ...chain(match.shorter)]

const find = (patterns: readonly string[], text: string) =>
  matcherOf(patterns)
    .find(mapped(text))
    .flatMap(({ end, longest }) =>
      chain(longest).map(({ value, length }) => [value, end - length, end] as const),
    )

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

test('patterns inside of patterns are one entry for each place', () => {
  const endings = matcherOf(['가', '가가', '가가가']).find(mapped('가가가가'))

  expect(endings.map(({ end, longest }) => [end, longest.length])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 3],
  ])
})

test('an empty pattern never matches', () => {
  expect(find([''], '가나')).toEqual([])
})

test('of equal patterns the first is reported, once', () => {
  const patterns = ['first', 'second'].map((value) => ({ codePoints: mapped('가').codePoints, value }))

  expect(
    createTermMatcher(patterns)
      .find(mapped('가'))
      .flatMap(({ longest }) => chain(longest).map(({ value }) => value)),
  ).toEqual(['first'])
})

test('code points outside the BMP are one place each', () => {
  expect(find(['🤬나'], '😀🤬나')).toEqual([['🤬나', 1, 3]])
})
