import { expect, test } from 'vitest'
import type { Emote } from '../../../src/domain/message.js'
import { findSpecials, maskSpecials, readNames } from '../../../src/text/canonicalise/mask.js'
import { renderText } from '../../../src/text/special-tokens.js'
import { mapped } from '../texts.js'

const maskedText = (raw: string, emotes: readonly Emote[] = []) => {
  const text = mapped(raw)
  return maskSpecials(text, findSpecials(text, emotes))
}
const mask = (raw: string) => renderText(maskedText(raw))

test.each([
  ['주소는 https://example.com/a?b=1. 끝', '주소는 [URL]. 끝'],
  ['http://localhost:8080/x', '[URL]'],
  ['www.example.net 들어와', '[URL] 들어와'],
  ['example.co.kr이랑 example.tv/clip/3', '[URL]이랑 [URL]'],
  ['짧은 주소 abc.me/xyz', '짧은 주소 [URL]'],
  ['메일은 some.one@example.com', '메일은 [URL]'],
  ['010-1234-5678로 01012345678', '[TEL]로 [TEL]'],
  ['02-123-4567 (031)123-4567 1588-0000', '[TEL] [TEL] [TEL]'],
  ['+82 10-1234-5678', '[TEL]'],
  ['3만원 15,000원 5천 원 $20 100달러 ₩3,000', '[MONEY] [MONEY] [MONEY] [MONEY] [MONEY] [MONEY]'],
  ['@some_login 안녕', '[USER] 안녕'],
  ['@김철수 @ABCdef', '[USER] [USER]'],
])('%s is masked', (raw, masked) => {
  expect(mask(raw)).toBe(masked)
})

test.each([
  'fuck.me and go.to',
  's.h.i.t',
  '끝.그리고',
  '3판 2승 10시 8분',
  '1592-1598년',
  '2원소 3원칙 엔딩 3엔딩',
  '시@발',
  '@ss @',
  '1234567890123456789',
  '100.000.000',
])('%s is left alone', (raw) => {
  expect(mask(raw)).toBe(raw)
})

test('names that could be words stay when names are kept', () => {
  const text = mapped('@이름아 @login tlqkf.com 3만원')
  const specials = findSpecials(text, [])
  const kept = maskSpecials(text, specials, readNames(text, specials))

  expect(renderText(kept)).toBe('@이름아 [USER] 시발 [MONEY]')
})

test('emotes are half-open ranges of code points, also after astral characters', () => {
  const masked = maskedText('🔥 Kappa 🔥', [{ id: '25', start: 2, end: 7 }])

  expect(renderText(masked)).toBe('🔥 [EMOTE] 🔥')
  expect([masked.starts[2], masked.ends[2]]).toEqual([2, 7])
})

test('emotes out of bounds are clamped, nonsense is ignored, and the first claim wins', () => {
  const emotes = [
    { id: '1', start: 3, end: 99 },
    { id: '2', start: -5, end: 1 },
    { id: '3', start: 2, end: 1 },
    { id: '4', start: Number.NaN, end: Number.NaN },
    { id: '5', start: 0, end: 2 },
  ]

  expect(renderText(maskedText('가나다라마', emotes))).toBe('[EMOTE]나다[EMOTE]')
})

test('a text without any of it is the same object', () => {
  const text = mapped('평범한 말 10시')

  expect(maskSpecials(text, findSpecials(text, []))).toBe(text)
})
