import { expect, test } from 'vitest'
import { squeezeSpaces } from '../../../src/text/canonicalise/spaces.js'
import { after, mapped } from '../texts.js'

test.each([
  ['  가   나 ', '가 나'],
  ['가 ', '가'],
  ['   ', ''],
  ['', ''],
])('%j becomes %j', (raw, squeezed) => {
  expect(after(squeezeSpaces, raw)).toBe(squeezed)
})

test('single spaces between words are the same object', () => {
  const text = mapped('가 나 다')

  expect(squeezeSpaces(text)).toBe(text)
})
