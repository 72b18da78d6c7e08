import { expect, test } from 'vitest'
import { SPECIAL } from '../../src/text/special-tokens.js'
import { parseVocab } from '../../src/text/vocab.js'
import { WordPiece } from '../../src/text/wordpiece.js'
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
