import { expect, test } from 'vitest'
import { renderText } from '../../src/text/special-tokens.js'
import { blankOut, createTermMatcher } from '../../src/text/term-matcher.js'
import { mapped } from './texts.js'

const termsOf = (...texts: string[]) => createTermMatcher(texts.map((text) => ({ id: text, text })))

test('all occurrences are found, overlapping ones too', () => {
  expect(termsOf('시발', '시발점', '발점').find(mapped('시발점 시발'))).toEqual([
    { id: '시발', start: 0, end: 2 },
    { id: '시발점', start: 0, end: 3 },
    { id: '발점', start: 1, end: 3 },
    { id: '시발', start: 4, end: 6 },
  ])
})

test('terms are read as text is: lower case, composed', () => {
  expect(
    termsOf('ＨＥＬＬＯ', '가나'.normalize('NFD'))
      .find(mapped('hello 가나'))
      .map(({ id }) => id),
  ).toEqual(['ＨＥＬＬＯ', '가나'.normalize('NFD')])
})

test('an empty term never matches', () => {
  expect(termsOf('', '\u200b').find(mapped('가나'))).toEqual([])
})

test('a blanked range is one space that still covers its raw code points', () => {
  const blanked = blankOut(mapped('시발점부터 시발'), [{ start: 0, end: 3 }])

  expect(renderText(blanked)).toBe(' 부터 시발')
  expect([blanked.starts[0], blanked.ends[0]]).toEqual([0, 3])
})

test('ranges may overlap and come in any order', () => {
  const ranges = [
    { start: 3, end: 5 },
    { start: 0, end: 2 },
    { start: 1, end: 3 },
  ]

  expect(renderText(blankOut(mapped('가나다라마바'), ranges))).toBe('   바')
})
