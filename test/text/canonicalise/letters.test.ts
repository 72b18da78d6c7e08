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
  const set = setOf('가a')
  const map = mapOf('C씨 0o')

  expect([0xac00, 0x61, 0x60, 0x62, 0xac01, -1].map(set.has)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
  expect([0x43, 0x30, 0x31, 0xc528].map(map.get)).toEqual([0xc528, 0x6f, undefined, undefined])
})
