import { expect, test } from 'vitest'
import { wordsBeginning } from '../../../src/text/canonicalise/known-word-index.js'

const beginning = (letters: string): readonly string[] => {
  const [first = 0, second = -1] = Array.from(letters, (letter) => letter.codePointAt(0) ?? 0)
  return wordsBeginning(first, second).map((word) => String.fromCharCode(...word))
}

test.each(['병신', '평신', 'ㅂ신', '병ㅅ', '병*', '○신'])('%s may begin 병신', (letters) => {
  expect(beginning(letters)).toContain('병신')
})

test.each(['병', '병 ', '병🤬', '나무', 'ㅋㅋ', '🤬신', 'ab'])('%s begins no known word', (letters) => {
  expect(beginning(letters)).toEqual([])
})

test('what a pair may begin does not depend on the pairs asked before', () => {
  const pairs = ['병신', 'ㅂ신', '개새', '시1', '느금', '나무']
  const first = pairs.map(beginning)
  for (let a = 0xac00; a < 0xac00 + 400; a += 1)
    for (let b = 0xc0ac; b < 0xc0ac + 200; b += 1) wordsBeginning(a, b)

  expect(pairs.map(beginning)).toEqual(first)
})
