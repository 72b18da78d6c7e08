import { expect, test } from 'vitest'
import { readTerm } from '../../src/text/term-readings.js'

const everywhere = (text: string): readonly string[] =>
  readTerm(text).flatMap(({ codePoints, view }) =>
    view === null ? [String.fromCodePoint(...codePoints)] : [],
  )

test.each([
  ['SiBal', ['sibal']],
  ['ＢＡＤ', ['bad']],
  [' 나쁨 ', ['나쁨']],
  ['가나'.normalize('NFD'), ['가나']],
])('%s is read as text is: %j', (text, expected) => {
  expect(everywhere(text)).toEqual(expected)
})

test.each([
  ['시1발', ['시1발', '시발']],
  ['ㅅ.ㅂ', ['ㅅ.ㅂ', 'ㅅㅂ']],
  ['f*u*c*k', ['f*u*c*k', 'fuck']],
])('%s is also the word without the marks inside: %j', (text, expected) => {
  expect(everywhere(text)).toEqual(expected)
})

test('the spaces of a phrase are part of it', () => {
  expect(everywhere('무 관')).toEqual(['무 관'])
})

test('what only a folding view reads is looked for in that view only', () => {
  expect(everywhere('나아가')).toEqual(['나아가'])
  expect(readTerm('나아가').map(({ view }) => view)).toContain('joined')
})

test.each(['', '\u200b', ' ', '@somebody', 'https://a.example/b', '010-1234-5678', '15,000원', '가자 a.com'])(
  '%j is no word',
  (text) => {
    expect(readTerm(text)).toEqual([])
  },
)
