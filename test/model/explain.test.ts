import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Backend } from '../../src/model/backend.js'
import { createBatcher } from '../../src/model/batcher.js'
import { type Classifier, createClassifier } from '../../src/model/classifier.js'
import { evidence } from '../../src/model/explain.js'
import { startOnnxBackend } from '../../src/model/onnx-backend.js'
import { perCategory } from '../../src/model/per-category.js'
import type { View } from '../../src/text/views.js'
import { TINY_MODEL, tinyEncode, viewOf } from './tiny-model.js'

const thresholds = perCategory(() => 0.5)

let backend: Backend
let classifier: Classifier
let rows = 0

beforeAll(async () => {
  backend = await startOnnxBackend({ modelPath: TINY_MODEL })
  classifier = createClassifier({
    artifact: {
      calibration: perCategory(() => ({ scale: 1, bias: 0 })),
      window: { tokens: 64, stride: 48 },
    },
    encode: tinyEncode,
    batcher: createBatcher(backend, { maxDelayMs: 0 }),
    cacheSize: 0,
  })
})
afterAll(() => backend.close())

async function explain(...views: View[]) {
  rows = 0
  const scored = await classifier.score(views, 'chat')
  const counting: Pick<Classifier, 'scoreEach'> = {
    scoreEach: (texts) => {
      rows += texts.length
      return classifier.scoreEach(texts)
    },
  }
  return evidence(counting, views, scored, thresholds)
}

test('a word that is abusive alone is the span, with its own category', async () => {
  expect(await explain(viewOf('가나 Ix 라바 다마'))).toEqual([
    { start: 3, end: 5, category: 'insult', view: 'canonical' },
  ])
})

test('two words of one window that are abusive alone are one span: without either the text still is', async () => {
  expect(await explain(viewOf('가나 xTx 라바 Ix'))).toEqual([
    { start: 3, end: 12, category: 'threat', view: 'canonical' },
  ])
})

test('abusive words further apart than a window of words are spans of their own', async () => {
  expect(await explain(viewOf('Ix 가나 라바 다마 사차 xTx'))).toEqual([
    { start: 0, end: 2, category: 'insult', view: 'canonical' },
    { start: 15, end: 18, category: 'threat', view: 'canonical' },
  ])
})

test('a word of no specific category is abusive', async () => {
  expect(await explain(viewOf('가나 xA'))).toEqual([
    { start: 3, end: 5, category: 'abusive', view: 'canonical' },
  ])
})

test('neighbours that are abusive only together are one span', async () => {
  expect(await explain(viewOf('가나 +c d+ 다마'))).toEqual([
    { start: 3, end: 8, category: 'abusive', view: 'canonical' },
  ])
})

test('a lone letter is shown with its neighbour: alone it is not asked about', async () => {
  expect(await explain(viewOf('가나 P'))).toEqual([
    { start: 0, end: 4, category: 'profanity', view: 'canonical' },
  ])
})

test('words that are abusive only from afar give the window of words', async () => {
  expect(await explain(viewOf('다마 사차 + 가나 라바 +'))).toEqual([
    { start: 6, end: 15, category: 'abusive', view: 'canonical' },
  ])
})

test('words that are abusive only from further than a window of words give the whole', async () => {
  const text = '+ 가나 라바 다마 사차 아하 카파 +'

  expect(await explain(viewOf(text))).toEqual([
    { start: 0, end: text.length, category: 'abusive', view: 'canonical' },
  ])
})

test('spans are in code points of the original and name the view that fired', async () => {
  expect(await explain(viewOf('가나 라바'), viewOf('가나 Hx', 'joined', 100))).toEqual([
    { start: 103, end: 105, category: 'hate', view: 'joined' },
  ])
})

const padded = (count: number, words: Readonly<Record<number, string>>): View =>
  viewOf(Array.from({ length: count }, (_, index) => words[index] ?? '나라').join(' '))

test('kind words around an abusive one are not part of its span, however many they are', async () => {
  expect(await explain(padded(100, { 41: 'Px' }))).toEqual([
    { start: 123, end: 125, category: 'profanity', view: 'canonical' },
  ])
})

test('a longer text asks no more', async () => {
  await explain(padded(100, { 41: 'Px' }))
  const shorter = rows
  await explain(padded(1000, { 41: 'Px' }))

  expect(rows).toBe(shorter)
})

test('a text that is abusive all over asks a bounded number of rows', async () => {
  const abusive = Array.from({ length: 100 }, (_, index) => `${'APIHST'[index % 6]}${index}`).join(' ')
  await explain(viewOf(abusive))

  expect(rows).toBeLessThanOrEqual(400)
})

test('neighbours in the middle of many words are found, wherever the windows are cut', async () => {
  for (const at of [18, 19, 20, 21])
    expect(await explain(padded(40, { [at]: '+b', [at + 1]: 'c+' }))).toEqual([
      { start: 3 * at, end: 3 * at + 5, category: 'abusive', view: 'canonical' },
    ])
})

test('only the window that fired is searched', async () => {
  const spans = await explain(padded(100, { 99: 'Sx' }))

  expect(spans).toEqual([{ start: 297, end: 299, category: 'sexual', view: 'canonical' }])
})

test('of a word longer than a window the letters are searched', async () => {
  const [span] = await explain(viewOf(`P${'b'.repeat(200)}`))

  expect(span).toEqual({ start: 0, end: 2, category: 'profanity', view: 'canonical' })
})

test('a text that nothing scored has no spans', async () => {
  expect(await explain(viewOf('P'))).toEqual([])
})
