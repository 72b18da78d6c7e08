import { expect, test } from 'vitest'
import {
  isDigit,
  isLatin,
  isSpace,
  isUpper,
  mapOf,
  SPACE,
  setOf,
} from '../../../src/text/canonicalise/letters.js'

const ASCII = Array.from({ length: 0x80 }, (_, codePoint) => codePoint)
const those = (is: (codePoint: number) => boolean): string => String.fromCharCode(...ASCII.filter(is))

test('predicates hold for ASCII letters, digits and the space alone', () => {
  expect(those(isUpper)).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  expect(those(isLatin)).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  expect(those(isDigit)).toBe('0123456789')
  expect(those(isSpace)).toBe(String.fromCharCode(SPACE))
  for (const is of [isUpper, isLatin, isDigit, isSpace])
    expect(['Ａ', 'é', '１', '\u3000'].some((letter) => is(letter.charCodeAt(0)))).toBe(false)
})

test('sets and maps of letters hold their code points', () => {
  expect([...setOf('가a')]).toEqual([0xac00, 0x61])
  expect([...mapOf('C씨 0o')]).toEqual([
    [0x43, 0xc528],
    [0x30, 0x6f],
  ])
})
