import { expect, test } from 'vitest'
import { readRomanised } from '../../../src/text/canonicalise/romanised.js'
import { after, mapped } from '../texts.js'

test.each([
  ['시bal', '시발'],
  ['si발', '시발'],
  ['byung신', '병신'],
  ['야 ssibal', '야 씨발'],
  ['jiral', '지랄'],
  ['gaesaekki', '개새끼'],
])('%s spells %s', (raw, read) => {
  expect(after(readRomanised, raw)).toBe(read)
})

test.each([
  'hello world',
  'OO알',
  '개OO',
  'love me',
  'this is a game',
  'PC방',
  'T1팬',
  'yeonHello',
  'name_si',
  'lol',
  'gg wp',
  'si',
])('%s is no Korean', (raw) => {
  const text = mapped(raw)

  expect(readRomanised(text)).toBe(text)
})

test('each syllable covers its own letters', () => {
  expect(readRomanised(mapped('시bal'))).toMatchObject({ starts: [0, 1], ends: [1, 4] })
})
