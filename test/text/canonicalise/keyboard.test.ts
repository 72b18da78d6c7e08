import { expect, test } from 'vitest'
import { decodeKeyboard } from '../../../src/text/canonicalise/keyboard.js'
import { after, mapped } from '../texts.js'

test.each([
  ['tlqkf', '시발'],
  ['Tlqkf', '씨발'],
  ['TLQKF', '시발'],
  ['Qudtls', '병신'],
  ['qudtls', '병신'],
  ['rotoRl', '개새끼'],
  ['whw', '좆'],
  ['dksl wlsWk', '아니 진짜'],
  ['tlqkfzz', '시발ㅋㅋ'],
  ['Dkssud', '안녕'],
  ['tlqkf새끼', '시발새끼'],
  ['그to끼 미친놈dk', '그새끼 미친놈아'],
  ['dhksqur', '완벽'],
  ['rkqtdl', '값이'],
])('%s was %s on the other layout', (raw, typed) => {
  expect(after(decodeKeyboard, raw)).toBe(typed)
})

test.each([
  'the who and girl work',
  'The With Fuck',
  'FUCK',
  'hot how',
  'hello world',
  'part1Name a_tlqkf_b',
  'ro같은 게임',
  'rk',
  'zzzz',
  'TlqKf',
  'LUL PogChamp',
])('%s is what was meant', (raw) => {
  const text = mapped(raw)

  expect(decodeKeyboard(text)).toBe(text)
})

test('each syllable covers its own keys', () => {
  expect(decodeKeyboard(mapped('a tlqkf'))).toMatchObject({ starts: [0, 1, 2, 4], ends: [1, 2, 4, 7] })
})
