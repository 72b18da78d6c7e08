import { expect, test } from 'vitest'
import { KNOWN_WORDS } from '../../../src/text/canonicalise/known-words.js'
import { ORDINARY_WORDS } from '../../../src/text/canonicalise/ordinary-words.js'
import { respell } from '../../../src/text/canonicalise/respell.js'
import { after } from '../texts.js'

test('known words are plain Hangul of two syllables at least, each once', () => {
  expect(KNOWN_WORDS.filter((word) => !/^[가-힣]{2,15}$/u.test(word))).toEqual([])
  expect(new Set(KNOWN_WORDS).size).toBe(KNOWN_WORDS.length)
})

test('no word is known and ordinary', () => {
  const known = new Set(KNOWN_WORDS)

  expect(ORDINARY_WORDS.filter((word) => known.has(word))).toEqual([])
})

test('known and ordinary words stay as they are', () => {
  const words = [...KNOWN_WORDS, ...ORDINARY_WORDS]

  expect(words.filter((word) => after(respell, word) !== word)).toEqual([])
})
