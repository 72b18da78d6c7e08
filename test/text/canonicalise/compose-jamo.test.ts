import { expect, test } from 'vitest'
import { composeJamo, mayCompose } from '../../../src/text/canonicalise/compose-jamo.js'
import { after, mapped } from '../texts.js'

test.each([
  ['ㅅㅣㅂㅏㄹ', '시발'],
  ['ㅂㅕㅇㅅㅣㄴ', '병신'],
  ['ㄱㅐㅅㅐㄲㅣㅇㅑ', '개새끼야'],
  ['ㅈㅗㅈ', '좆'],
  ['ㅇㅓㅂㅅㄷㅏ', '없다'],
  ['ㅇㅓㅄㄷㅏ', '없다'],
  ['ㄱㅗㅏㅇ', '광'],
  ['ㅈㅗㅎㅇㅏ', '좋아'],
  ['시바ㄹ', '시발'],
  ['섹ㅅㅡ', '섹스'],
  ['ㅅㅣ발', '시발'],
  ['시ㅂㅏㄹ', '시발'],
  ['시ㅂㅅㅐㄲㅣ', '십새끼'],
  ['ㅂㅏㄹㅋㅋㅋ', '발ㅋㅋㅋ'],
  ['ㅅㅅㅣㅂㅏㄹ', '씨발'],
  ['ㄷㄷㅗㅇㄱㅐ', '똥개'],
  ['ㄱㅏㄱㄱㅏ', '각가'],
  ['ㄷㄷㄷㅐ박', 'ㄷㄷ대박'],
])('%s composes to %s', (raw, composed) => {
  expect(after(composeJamo, raw)).toBe(composed)
})

test.each([
  'ㅋㅋㅋㅋ',
  'ㅠㅠ',
  'ㅇㅇ',
  'ㅅㅂ',
  'ㅇㅈ',
  'ㄱㅅ',
  'ㅇㅋ',
  'ㅋㅋㅠㅠ',
  'ㅋㅠ',
  'ㄴㄴㅠ',
  'ㄷㄷㅠ',
  'ㄷㄷㅠㅠ',
  'ㅅㅅㅗㅗ',
  'ㄷㄷㅡㄷㄷ',
  'ㅂㅂㅠㅂㅂ',
  'ㅂㅂㅠㅂㅂㅠ',
  'ㄱㄱㅗㄱㄱㅗ',
  'ㄲㅂㅠㅠ',
  'ㅇㅅㅇ',
  'ㅇㅡㅇ',
  'ㅗㅜㅑ',
  'ㅗㅗ',
  '하ㅋㅋ',
  '야ㅋㅋㅋ',
  '네ㅎㅎ',
  '네ㅎ',
  '가ㅇㅇ',
  '와ㄷㄷ',
  '와 ㄷㄷ',
  '레전드ㄹㅇ',
])('%s stays as it is', (raw) => {
  const text = mapped(raw)

  expect(after(() => composeJamo(text), raw)).toBe(raw)
})

test('a composed syllable covers its jamo, also the one that closes it', () => {
  expect(composeJamo(mapped('ㅅㅣ바ㄹ'))).toMatchObject({ starts: [0, 2], ends: [2, 4] })
})

test('text without work for it is the same object', () => {
  const text = mapped('안녕 ㅋㅋㅋ ㅠㅠ')

  expect(composeJamo(text)).toBe(text)
})

test('jamo that may be spelling are told from laughter, tears and initials, whether they compose or not', () => {
  for (const text of ['ㅅㅣ', '바ㄹ', '가ㄴㄴ', 'ㅋㅠ']) expect(mayCompose(mapped(text))).toBe(true)
  for (const text of ['시발', 'ㅋㅋ ㅠㅠ', 'ㅂㅅ', '발ㅋ', 'ok']) expect(mayCompose(mapped(text))).toBe(false)
})
