import { expect, test } from 'vitest'
import { readHanja } from '../../../src/text/canonicalise/hanja.js'
import { after, mapped } from '../texts.js'

test.each([
  ['야 病身', '야 병신'],
  ['始발', '시발'],
  ['시發', '시발'],
  ['犬새끼', '개새끼'],
  ['亻발', '시발'],
])('%s reads %s', (raw, read) => {
  expect(after(readHanja, raw)).toBe(read)
})

test.each(['病身', '美 가 높다', '방송 中'])('%s stays: Chinese, or written for what it means', (raw) => {
  const text = mapped(raw)

  expect(readHanja(text)).toBe(text)
})
