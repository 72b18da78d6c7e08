import { expect, test } from 'vitest'
import { cutTo, displayWidth, padEnd, padStart, quoted } from '../../src/bin/display-width.js'

test.each([
  ['abc', 3],
  ['시발', 4],
  ['ㅋㅋ', 4],
  ['한a1', 4],
  ['漢字', 4],
  ['😀', 2],
  ['ａ', 2],
  ['ｱ', 1],
  ['e\u0301', 1],
  ['한'.normalize('NFD'), 2],
  ['', 0],
])('%j is %i columns wide', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test('padding counts columns, not letters', () => {
  expect(padEnd('시발', 6)).toBe('시발  ')
  expect(padStart('시발', 6)).toBe('  시발')
  expect(padEnd('시발점', 2)).toBe('시발점')
})

test('what is cut ends in an ellipsis and fits', () => {
  expect(cutTo('시발점', 6)).toBe('시발점')
  expect(cutTo('시발점', 5)).toBe('시발…')
  expect(cutTo('시발점', 4)).toBe('시…')
})

test.each([
  ['\u001b[31mred', '"\\u{1b}[31mred"'],
  ['시\u200b발', '"시\\u{200b}발"'],
  ['\u202e발시', '"\\u{202e}발시"'],
  ['a\u0336', '"a\\u{336}"'],
  ['a"\\b', '"a\\"\\\\b"'],
  ['가\n나', '"가\\u{a}나"'],
  ['안녕 😀', '"안녕 😀"'],
])('%j is shown as %s', (text, expected) => {
  expect(quoted(text)).toBe(expected)
})
