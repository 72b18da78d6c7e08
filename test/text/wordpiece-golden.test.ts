import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { SPECIAL, SPECIAL_NAMES } from '../../src/text/special-tokens.js'
import { parseVocab } from '../../src/text/vocab.js'
import { WordPiece } from '../../src/text/wordpiece.js'

const MIN_LINES = 50_000
const MAX_BYTES = 3_000_000

const path = join(packageRoot, 'models', 'cnn-bilstm', '6.1.0', 'tokenizer.json')
const json = readFileSync(path, 'utf8')
const packed = readFileSync(join(packageRoot, 'test', 'fixtures', 'tokenizer-golden.jsonl.gz'))
const [head = '', ...rows] = gunzipSync(packed).toString().trimEnd().split('\n')

const NAME_LIST: readonly string[] = SPECIAL_NAMES
const NAMES = /(\[(?:EMOTE|USER|URL|TEL|MONEY)\])/

// Views are lower-cased: a user's own [UNK] is [unk] by then.
const hasCapitals = (rendered: string): boolean =>
  /[A-Z]/.test(
    rendered
      .split(NAMES)
      .filter((_, i) => i % 2 === 0)
      .join(''),
  )

/** The text of which `rendered` is the rendering. */
const unrender = (rendered: string): MappedText => {
  const codePoints = rendered.split(NAMES).flatMap((part) => {
    const index = NAME_LIST.indexOf(part)
    return index < 0 ? Array.from(part, (letter) => letter.codePointAt(0) ?? 0) : [SPECIAL.emote + index]
  })
  return { codePoints, starts: codePoints.map((_, i) => i), ends: codePoints.map((_, i) => i + 1) }
}

test('the golden file was made with the tokenizer of the shipped model', () => {
  expect(JSON.parse(head)).toEqual({
    tokenizer: createHash('sha256').update(json).digest('hex'),
    lines: rows.length,
  })
  expect(rows.length).toBeGreaterThanOrEqual(MIN_LINES)
  expect(packed.length).toBeLessThan(MAX_BYTES)
})

test('ids equal those that training got from Hugging Face tokenizers, on every golden line', () => {
  const wordPiece = new WordPiece(parseVocab(json, path))
  const different = rows.filter((row) => {
    const [rendered, ids] = JSON.parse(row)
    if (hasCapitals(rendered)) return false
    return wordPiece.encode(unrender(rendered)).ids.join() !== ids.join()
  })

  expect(different).toEqual([])
})
