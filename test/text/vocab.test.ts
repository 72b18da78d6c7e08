import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ModelLoadError } from '../../src/errors.js'
import { loadVocab, parseVocab, piecesOf } from '../../src/text/vocab.js'
import { tokenizerJson } from './tokenizer-json.js'

const folder = mkdtempSync(join(tmpdir(), 'haechi-vocab-'))
afterAll(() => rmSync(folder, { recursive: true }))

const json = tokenizerJson({ words: ['가나'], symbols: ['!'] })

test('pieces are told apart by where they stand in a word', () => {
  const vocab = parseVocab(json, 'tokenizer.json')

  expect(vocab.unknownId).toBe(1)
  expect(vocab.specialIds).toEqual([5, 6, 7, 8, 9])
  expect(vocab.initial.has('가나'.normalize('NFD'))).toBe(true)
  expect(vocab.continuing.has('나'.normalize('NFD'))).toBe(true)
  expect([...vocab.continuing.keys()].some((piece) => piece.startsWith('#'))).toBe(false)
})

test('an id has the piece that people read', () => {
  const vocab = parseVocab(json, 'tokenizer.json')
  const pieceOf = piecesOf(vocab)

  expect(pieceOf(vocab.initial.get('가나'.normalize('NFD')) ?? -1)).toBe('가나')
  expect(pieceOf(vocab.continuing.get('나'.normalize('NFD')) ?? -1)).toBe('##나')
  expect(pieceOf(vocab.specialIds[0] ?? -1)).toBe('[EMOTE]')
  expect(pieceOf(65_000)).toBe('[UNK]')
})

test.each([
  ['not JSON', '{', 'is not a WordPiece tokenizer.json'],
  ['another model', '{"model":{"type":"BPE"}}', 'is not a WordPiece tokenizer.json'],
  ['no [EMOTE]', tokenizerJson({ words: [], symbols: [], without: ['[EMOTE]'] }), 'has no [EMOTE]'],
])('%s is a ModelLoadError that names the file', (_, broken, what) => {
  expect(() => parseVocab(broken, '/m/tokenizer.json')).toThrow(ModelLoadError)
  expect(() => parseVocab(broken, '/m/tokenizer.json')).toThrow(`/m/tokenizer.json ${what}`)
})

test('a vocabulary is read from its file, and a missing file is a ModelLoadError', async () => {
  writeFileSync(join(folder, 'tokenizer.json'), json)

  expect((await loadVocab(join(folder, 'tokenizer.json'))).unknownId).toBe(1)
  await expect(loadVocab(join(folder, 'none.json'))).rejects.toThrow(ModelLoadError)
})
