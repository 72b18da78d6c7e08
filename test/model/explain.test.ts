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
  const scored = await classifier.score(views)
  const counting: Pick<Classifier, 'scoreEach'> = {
    scoreEach: (texts) => {
      rows += texts.length
      return classifier.scoreEach(texts)
    },
  }
  return evidence(counting, views, scored, thresholds)
}

test('words that are abusive alone are the spans, each with its own category', async () => {
  expect(await explain(viewOf('ab I cd xTx'))).toEqual([
    { start: 3, end: 4, category: 'insult', view: 'canonical' },
    { start: 8, end: 11, category: 'threat', view: 'canonical' },
  ])
})

test('a word of no specific category is abusive', async () => {
  expect(await explain(viewOf('ab A'))).toEqual([
    { start: 3, end: 4, category: 'abusive', view: 'canonical' },
  ])
})

test('neighbours that are abusive only together are one span', async () => {
  expect(await explain(viewOf('ab +c d+ ef'))).toEqual([
    { start: 3, end: 8, category: 'abusive', view: 'canonical' },
  ])
})

test('words that are abusive only from afar give the whole window', async () => {
  expect(await explain(viewOf('+ ab cd +'))).toEqual([
    { start: 0, end: 9, category: 'abusive', view: 'canonical' },
  ])
})

test('spans are in code points of the original and name the view that fired', async () => {
  expect(await explain(viewOf('ab cd'), viewOf('ab H', 'joined', 100))).toEqual([
    { start: 103, end: 104, category: 'hate', view: 'joined' },
  ])
})

test('in a line of many words the abusive one is found within 30 rows', async () => {
  const words = Array.from({ length: 60 }, (_, index) => (index === 41 ? 'P' : 'b'))

  expect(await explain(viewOf(words.join(' ')))).toEqual([
    { start: 82, end: 83, category: 'profanity', view: 'canonical' },
  ])
  expect(rows).toBeLessThanOrEqual(30)
})

test('neighbours in the middle of many words are found', async () => {
  const words = Array.from({ length: 40 }, (_, index) => (index === 19 || index === 20 ? '+' : 'c'))

  const spans = await explain(viewOf(words.join(' ')))

  expect(spans).toEqual([{ start: 38, end: 41, category: 'abusive', view: 'canonical' }])
})

test('only the window that fired is searched', async () => {
  const spans = await explain(viewOf(`${'b '.repeat(100)}S`))

  expect(spans).toEqual([{ start: 200, end: 201, category: 'sexual', view: 'canonical' }])
})

test('a word longer than the window is cut to it', async () => {
  const [span] = await explain(viewOf(`P${'b'.repeat(200)}`))

  expect(span).toEqual({ start: 0, end: 64, category: 'profanity', view: 'canonical' })
})
