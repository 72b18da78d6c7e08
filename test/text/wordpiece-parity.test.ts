import fc from 'fast-check'
import { Tokenizer } from 'tokenizers'
import { expect, test } from 'vitest'
import type { MappedText } from '../../src/text/mapped-text.js'
import { renderText } from '../../src/text/special-tokens.js'
import { makeViews } from '../../src/text/views.js'
import { parseVocab } from '../../src/text/vocab.js'
import { WordPiece } from '../../src/text/wordpiece.js'
import { lines } from './lines.js'
import { mapped } from './texts.js'
import { type TokenizerOptions, tokenizerJson } from './tokenizer-json.js'

const OPTIONS: TokenizerOptions = {
  words: [
    '오늘',
    '방송',
    '다시',
    '발표',
    '시발',
    '개새끼',
    '안녕하세요',
    'ㅋㅋ',
    'ㅠㅠ',
    'hello',
    'shit',
    '10',
  ],
  symbols: ['.', '!', '?', '[', ']', '#', '🤬', '漢', 'カ', '\ufffd'],
}

const viewTexts = (raw: string): readonly MappedText[] =>
  makeViews({ text: raw, emotes: [], kind: 'chat' }).views.map((view) => view.text)

/** The texts of which our ids differ from those of the reference. */
const differences = async (json: string, texts: readonly MappedText[]): Promise<readonly string[]> => {
  const ours = new WordPiece(parseVocab(json, 'tokenizer.json'))
  const reference = await Tokenizer.fromString(json).encodeBatch(texts.map(renderText))
  return texts
    .filter((text, i) => ours.encode(text).ids.join() !== reference[i]?.getIds().join())
    .map(renderText)
}

test('ids equal those of Hugging Face tokenizers on every view of generated lines', async () => {
  const texts = fc.sample(lines, { numRuns: 6_000, seed: 11 }).flatMap(viewTexts)

  expect(await differences(tokenizerJson(OPTIONS), texts)).toEqual([])
})

test('a word with a letter that the vocabulary lacks is unknown as a whole, as in the reference', async () => {
  const json = tokenizerJson({ ...OPTIONS, without: ['##l', '##\u1175', '##ㅣ', 'ㅋ'] })
  const texts = fc.sample(lines, { numRuns: 2_000, seed: 12 }).flatMap(viewTexts)

  expect(await differences(json, texts)).toEqual([])
})

test('ids equal on every code point, canonical or not', async () => {
  const texts: MappedText[] = []
  for (let codePoint = 0x20; codePoint < 0x30000; codePoint += codePoint < 0x3400 ? 1 : 7)
    texts.push(...viewTexts(`가${String.fromCodePoint(codePoint)}z`))

  expect(await differences(tokenizerJson(OPTIONS), texts)).toEqual([])
})

test('ids equal on text that is not canonical', async () => {
  const texts = ['한글'.normalize('NFD'), 'é\u3000ǖ\u00a0ガ', '가\u1160나', 'a\ufeffb', 'ｶﾞ\u2028x'].map(
    mapped,
  )

  expect(await differences(tokenizerJson(OPTIONS), texts)).toEqual([])
})
