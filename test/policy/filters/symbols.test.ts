import { expect, test } from 'vitest'
import { findSymbols } from '../../../src/policy/filters/symbols.js'
import { textOf } from './says.js'

const LIMITS = { minSymbols: 4, share: 0.5 }
const find = (text: string) => findSymbols(textOf(text), LIMITS)

test('symbols are evidence from the share of the limit on', () => {
  expect(find('#$%& abcde')).toBeNull()
  expect(find('#$%& abcd')).toEqual({ filter: 'symbols', score: 0.5, value: 0.5, limit: 0.5 })
  expect(find('#$%&* b')).toMatchObject({ value: 0.833, score: 0.833 })
  expect(find('#$%')).toBeNull()
})

test('a run of one character is one symbol: what people type when they wait, ask or point', () => {
  for (const text of ['??????????', '..........', '네~~~~~~~~~~', '^^;;;;;;;;;', '<<<<<<<<<< 얘', '!!!!!!!'])
    expect(find(text)).toBeNull()
})

test('Korean quotation marks and dots of a sentence stay far below any share', () => {
  expect(find('「해치」… 『불을 먹는 짐승』이라고 하던데, 맞나요?')).toBeNull()
})

test('emoji are no symbols, however they are built', () => {
  expect(find('👍👍🏽❤️🇰🇷👩‍👩‍👧 ☀️⚽🎉')).toBeNull()
})

test('jamo are letters, decomposed and half-width too', () => {
  expect(find('ㅋㅎㅋㅎㅋㅎㅠㅜㅠㅜ')).toBeNull()
  expect(find('안녕하세요'.normalize('NFD'))).toBeNull()
  expect(find('ﾡﾢﾣﾤﾥﾦ')).toBeNull()
})

test('drawings and stacked marks are for other filters', () => {
  expect(find('⣿⠟⠉⠁⣿⠟⠉⠁')).toBeNull()
  expect(find('█▀▄█▀▄█▀▄')).toBeNull()
  expect(find('e\u0301\u0302\u0303\u0304\u0305\u0306')).toBeNull()
})
