import { expect, test } from 'vitest'
import * as hangul from '../../src/text/hangul.js'

const code = (letter: string): number => letter.codePointAt(0) ?? 0

test('every syllable is the sum of its parts', () => {
  for (let syllable = 0xac00; syllable <= 0xd7a3; syllable += 1) {
    const parts = [hangul.leadOf(syllable), hangul.vowelOf(syllable), hangul.codaOf(syllable)] as const
    expect(hangul.syllableOf(...parts)).toBe(syllable)
  }
})

test('jamo have their places', () => {
  expect([hangul.leadIndex(code('ㅎ')), hangul.vowelIndex(code('ㅣ')), hangul.codaIndex(code('ㅎ'))]).toEqual(
    [18, 20, 27],
  )
  expect([hangul.leadIndex(code('ㄳ')), hangul.codaIndex(code('ㄸ')), hangul.vowelIndex(code('ㄱ'))]).toEqual(
    [-1, -1, -1],
  )
})

test('conjoining jamo have compatibility twins', () => {
  expect(
    ['\u1100', '\u1175', '\u11a8', '\u11c2', 'a'].map((letter) => hangul.toCompatibility(code(letter))),
  ).toEqual(['ㄱ', 'ㅣ', 'ㄱ', 'ㅎ', 'a'].map(code))
})

test('two vowels or two codas make one where Korean has it', () => {
  expect(hangul.joinVowels(code('ㅗ'), code('ㅏ'))).toBe(code('ㅘ'))
  expect(hangul.joinCodas(code('ㅂ'), code('ㅅ'))).toBe(code('ㅄ'))
  expect(hangul.joinCodas(code('ㅅ'), code('ㅂ'))).toBe(-1)
})
