import { expect, test } from 'vitest'
import { joinSpelledJamo } from '../../../src/text/canonicalise/join-jamo.js'
import { after, mapped, viewsOf } from '../texts.js'

test.each([
  ['ㅅ ㅣ ㅂ ㅏ ㄹ', 'ㅅㅣㅂㅏㄹ'],
  ['ㄱ.ㅐ.ㅅ.ㅐ.ㄲ.ㅣ 야', 'ㄱㅐㅅㅐㄲㅣ 야'],
  ['야 ㅈ ㅗ ㅈ', '야 ㅈㅗㅈ'],
  ['ㄱ.ㅐ.ㅅ.ㅐ.ㄲ.ㅣ야', 'ㄱㅐㅅㅐㄲㅣ야'],
])('%s reads %s', (raw, joined) => {
  expect(after(joinSpelledJamo, raw)).toBe(joined)
})

test.each(['ㅠ ㅠ', 'ㅇ ㅅ ㅇ', 'ㅋ ㅋ ㅋ', 'ㅅ ㅂ', 'ㅗ ㅗ'])('%s spells nothing', (raw) => {
  const text = mapped(raw)

  expect(joinSpelledJamo(text)).toBe(text)
})

test('the joined view composes what was spelled', () => {
  expect(viewsOf('야 ㅁ.ㅣ.ㅊ.ㅣ.ㄴ.ㄴ.ㅕ.ㄴ').joined).toBe('야 미친년')
})
