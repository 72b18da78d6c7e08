import { createHash } from 'node:crypto'
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

test('every ideograph is read as the model was trained on: another ICU may sort them otherwise', () => {
  const hash = createHash('sha256')
  for (let from = 0x4e00; from <= 0x9fff; from += 64) {
    const ideographs = String.fromCharCode(...Array.from({ length: 64 }, (_, i) => from + i))
    hash.update(after(readHanja, `가${ideographs}`))
  }

  expect(hash.digest('hex')).toBe('ccebb8995e394448a51cba652ddc09c7f172802beb2c1ee908be7810e1df496b')
})
