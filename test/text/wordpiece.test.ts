import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rawRange } from '../../src/text/mapped-text.js'
import { SPECIAL } from '../../src/text/special-tokens.js'
import { makeViews } from '../../src/text/views.js'
import { parseVocab } from '../../src/text/vocab.js'
import { tokenRange, WordPiece } from '../../src/text/wordpiece.js'
import { lines } from './lines.js'
import { mapped } from './texts.js'
import { tokenizerJson } from './tokenizer-json.js'

const json = tokenizerJson({ words: ['시발', '다시', '발', 'hello'], symbols: ['!', '.'] })
const { vocab } = JSON.parse(json).model
const wordPiece = new WordPiece(parseVocab(json, 'tokenizer.json'))
const ids = (...pieces: string[]) => pieces.map((piece) => vocab[piece.normalize('NFD')])

test('the longest pieces win, word by word', () => {
  expect(wordPiece.encode(mapped('다시발 hello!')).ids).toEqual(ids('다시', '##발', 'hello', '!'))
})

test('what the vocabulary does not know falls back to jamo and letters', () => {
  expect(wordPiece.encode(mapped('뷁q')).ids).toEqual(ids('\u1107', '##\u1170', '##\u11b0', '##q'))
})

test('a symbol outside the vocabulary is one unknown token', () => {
  expect(wordPiece.encode(mapped('가🫠나')).ids).toEqual([
    ...ids('\u1100', '##\u1161'),
    1,
    ...ids('\u1102', '##\u1161'),
  ])
})

test('special tokens end a word and have their ids', () => {
  const text = { codePoints: [0xbc1c, SPECIAL.url, 0xbc1c], starts: [0, 1, 9], ends: [1, 9, 10] }

  expect(wordPiece.encode(text)).toEqual({
    ids: ids('발', '[URL]', '발'),
    starts: [0, 1, 9],
    ends: [1, 9, 10],
  })
})

test('tokens cover the raw code points they came from, whole syllables at least', () => {
  const text = { codePoints: [0xbdc1, 0xc2dc, 0xbc1c], starts: [0, 3, 5], ends: [1, 4, 9] }

  expect(wordPiece.encode(text)).toMatchObject({ starts: [0, 0, 0, 3], ends: [1, 1, 1, 9] })
})

test('empty text has no tokens', () => {
  expect(wordPiece.encode(mapped(''))).toEqual({ ids: [], starts: [], ends: [] })
})

test('the range of the tokens is known without them: white space is in none', () => {
  const text = { codePoints: [32, 0xbc1c, 32, 0x21, 0x3000], starts: [9, 4, 0, 3, 8], ends: [10, 5, 1, 4, 9] }

  expect(tokenRange(text)).toEqual({ start: 3, end: 5 })
  expect(tokenRange(mapped(' \u2001\u3000\n'))).toBeUndefined()
  expect(tokenRange(mapped(''))).toBeUndefined()
})

test('whatever the code point, it is in the range exactly when it has a token', () => {
  const wrong: number[] = []
  for (let codePoint = 0; codePoint < 0x110000; codePoint += 1) {
    const text = { codePoints: [codePoint], starts: [3], ends: [5] }
    const hasToken = wordPiece.encode(text).ids.length > 0
    if (hasToken !== (tokenRange(text) !== undefined)) wrong.push(codePoint)
  }

  expect(wrong).toEqual([])
})

test('the range is that of the tokens, in every view, reversed ones included', () => {
  fc.assert(
    fc.property(lines, (line) => {
      for (const { text } of makeViews({ text: `${line}\u202e ${line} x`, emotes: [], kind: 'chat' }).views) {
        const tokens = wordPiece.encode(text)
        expect(tokenRange(text)).toEqual(tokens.ids.length === 0 ? undefined : rawRange(tokens))
      }
    }),
    { numRuns: 300 },
  )
})
