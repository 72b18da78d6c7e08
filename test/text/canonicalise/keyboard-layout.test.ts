import { expect, test } from 'vitest'
import {
  CODA_KEYS,
  JAMO_KEYS,
  jamoOn,
  LEAD_KEYS,
  VOWEL_KEYS,
} from '../../../src/text/canonicalise/keyboard-layout.js'

test('every letter has keys, compounds have two', () => {
  expect([LEAD_KEYS, VOWEL_KEYS, CODA_KEYS.slice(1)].every((keys) => keys.every((key) => key !== ''))).toBe(
    true,
  )
  expect([LEAD_KEYS[0], LEAD_KEYS[1], VOWEL_KEYS[9], CODA_KEYS[18]]).toEqual(['r', 'R', 'hk', 'qt'])
})

test('a key types the jamo whose key it is', () => {
  const keys = Array.from({ length: 0x80 }, (_, key) => key).filter((key) => jamoOn(key) > 0)

  expect(keys).toHaveLength(33)
  for (const key of keys) expect(JAMO_KEYS.get(jamoOn(key))).toBe(String.fromCharCode(key))
})
