import { expect, test } from 'vitest'
import { lowerCase } from '../../../src/text/canonicalise/lower-case.js'
import { after, mapped } from '../texts.js'

test('letters of every script with case become small, one for one', () => {
  expect(after(lowerCase, 'ABC ДЖ ΣΩ 가ㅋ İ')).toBe('abc дж σω 가ㅋ i')
})

test('small letters are the same object', () => {
  const text = mapped('abc 가나다 ㅋㅋ 🤬')

  expect(lowerCase(text)).toBe(text)
})
