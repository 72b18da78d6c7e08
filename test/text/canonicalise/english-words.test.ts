import { expect, test } from 'vitest'
import { ENGLISH_WORDS } from '../../../src/text/canonicalise/english-words.js'

test('words are small Latin letters, each once', () => {
  expect(ENGLISH_WORDS.filter((word) => !/^[a-z]+$/.test(word))).toEqual([])
  expect(new Set(ENGLISH_WORDS).size).toBe(ENGLISH_WORDS.length)
})
