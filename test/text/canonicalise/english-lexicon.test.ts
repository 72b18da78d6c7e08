import { expect, test } from 'vitest'
import { isLetterSign, readSigns } from '../../../src/text/canonicalise/english-lexicon.js'

test.each([
  ['1d10t', 'idiot'],
  ['ki11', 'kill'],
  ['8!7ch', 'bitch'],
  // Letters stand for themselves: no word has them so.
  ['kii1', undefined],
  ['xq7', undefined],
])('%s reads %s', (written, word) => {
  expect(readSigns(written)).toBe(word)
})

test('a letter is no sign', () => {
  expect(Array.from('1!|@$a6+', (sign) => isLetterSign(sign.charCodeAt(0)))).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
