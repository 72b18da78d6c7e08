import { expect, test } from 'vitest'
import { joinSeparated } from '../../../src/text/canonicalise/join.js'
import { after, mapped } from '../texts.js'

test.each([
  ['{시}{작}', '시작'],
  ['*h**e**l**l**o* all', 'hello all'],
  ['(여)(기)(는) 어디', '여기는 어디'],
  ['s.t.a.r.t.', 'start'],
  ['"시""작" 하자', '시작 하자'],
])('%s is a word wrapped letter by letter: %s', (raw, joined) => {
  expect(after(joinSeparated, raw)).toBe(joined)
})

test.each([
  ['(시.작)', '(시작)'],
  ['"시*작" 하자', '"시작" 하자'],
  ['(안녕) {하세요}', '(안녕) {하세요}'],
])('%s keeps marks that are not among those inside the word: %s', (raw, joined) => {
  expect(after(joinSeparated, raw)).toBe(joined)
})

test('what is left keeps its place', () => {
  expect(joinSeparated(mapped('{가}{나}'))).toMatchObject({ starts: [1, 4], ends: [2, 5] })
})
