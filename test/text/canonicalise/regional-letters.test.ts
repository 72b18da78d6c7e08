import { expect, test } from 'vitest'
import { readRegionalLetters } from '../../../src/text/canonicalise/regional-letters.js'
import { after, mapped } from '../texts.js'

test.each([
  ['🇫🇺🇨🇰', 'fuck'],
  ['🇸 🇭 🇮 🇹', 's h i t'],
])('%s shows letters', (raw, letters) => {
  expect(after(readRegionalLetters, raw)).toBe(letters)
})

test.each(['🇰🇷', '🇰🇷🇰🇷🇰🇷', '화이팅 🇰🇷 가자'])('%s is a flag', (raw) => {
  expect(after(readRegionalLetters, raw)).toBe(raw)
})

test('text without them is the same object', () => {
  const text = mapped('안녕 😀')

  expect(readRegionalLetters(text)).toBe(text)
})
