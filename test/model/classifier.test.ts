import { afterAll, beforeAll, expect, test } from 'vitest'
import { InferenceError } from '../../src/errors.js'
import type { Backend } from '../../src/model/backend.js'
import { type Batcher, createBatcher } from '../../src/model/batcher.js'
import { type ClassifierOptions, createClassifier } from '../../src/model/classifier.js'
import { startOnnxBackend } from '../../src/model/onnx-backend.js'
import { perCategory } from '../../src/model/per-category.js'
import { POISON, TINY_MODEL, tinyEncode, tinyLogits, viewOf } from './tiny-model.js'

const artifact = {
  calibration: perCategory(() => ({ scale: 1, bias: 0 })),
  window: { tokens: 16, stride: 12 },
}

let backend: Backend
let batcher: Batcher
let rows = 0

beforeAll(async () => {
  backend = await startOnnxBackend({ modelPath: TINY_MODEL })
  const hooks = {
    onBatch: (batch: { rows: number }) => {
      rows += batch.rows
    },
  }
  batcher = createBatcher(backend, { maxDelayMs: 0 }, { hooks })
})
afterAll(() => backend.close())

function setUp(options: Partial<ClassifierOptions> = {}) {
  const cacheResults: string[] = []
  rows = 0
  const classifier = createClassifier({
    artifact,
    encode: tinyEncode,
    batcher,
    cacheSize: 100,
    onCache: (result) => cacheResults.push(result),
    ...options,
  })
  return { classifier, cacheResults }
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))
const rounded = (score: number): number => Math.round(score * 10_000) / 10_000

test('a score is the calibrated logit, rounded to four decimals', async () => {
  const calibration = { ...artifact.calibration, insult: { scale: 0.5, bias: -1 } }
  const { classifier } = setUp({ artifact: { ...artifact, calibration } })
  const view = viewOf('abIc')

  const { scores } = await classifier.score([view], 'chat')

  const logits = tinyLogits([...Array.from(tinyEncode(view.text).ids)])
  expect(scores.abusive).toBe(rounded(sigmoid(logits[0] ?? 0)))
  expect(scores.insult).toBe(rounded(sigmoid(0.5 * (logits[2] ?? 0) - 1)))
})

test('each category has its maximum over the views, and the view that gave it', async () => {
  const { classifier } = setUp()

  const { scores, origins } = await classifier.score([viewOf('abc I'), viewOf('abc T', 'joined', 3)], 'chat')

  expect(scores.insult).toBeGreaterThan(0.9)
  expect(scores.threat).toBeGreaterThan(0.9)
  expect(origins?.insult).toEqual({ view: 'canonical', start: 0, end: 5 })
  expect(origins?.threat).toEqual({ view: 'joined', start: 3, end: 8 })
})

test('a long text is scored over all its windows, and the window that fired is named', async () => {
  const { classifier } = setUp()

  const { scores, origins } = await classifier.score([viewOf(`${'z'.repeat(70)}P`)], 'chat')

  expect(scores.profanity).toBeGreaterThan(0.9)
  expect(origins?.profanity).toEqual({ view: 'canonical', start: 56, end: 71 })
})

// Korean words, since windows of Latin ones are longer; `바` and `아` lower the tiny model's profanity.
const words = (count: number, last: string): string => `${'바아 '.repeat(count - 1)}${last}`

test('kind words do not dilute: the window of words that fired is named', async () => {
  const { classifier } = setUp()

  const { scores, origins } = await classifier.score([viewOf(words(30, 'Px'))], 'chat')

  expect(scores.profanity).toBe(
    (await classifier.score([viewOf('바아 바아 바아 Px')], 'chat')).scores.profanity,
  )
  expect(origins?.profanity).toEqual({ view: 'canonical', start: 78, end: 89 })
})

test('a line of four words is one row; five are the whole and two windows', async () => {
  const { classifier } = setUp()

  await classifier.score([viewOf('가가 나나 다다 라라')], 'chat')
  expect(rows).toBe(1)
  await classifier.score([viewOf('가가 나나 다다 라라 마마')], 'chat')

  // The first window is the line before.
  expect(rows).toBe(3)
})

test('windows that read alike are one row, in one view or in two', async () => {
  const { classifier } = setUp({ cacheSize: 0 })

  await classifier.score(
    [viewOf('가가 나나 다다 라라 마마'), viewOf('가가 나나 다다 라라 마바', 'joined', 20)],
    'chat',
  )
  expect(rows).toBe(5)
  await classifier.score([viewOf('나라 나라 나라 나라 나라 나라')], 'chat')

  expect(rows).toBe(7)
})

test.each(['P', 'P!', 'PP', 'P ~'])('%s is a lone letter: nothing is asked, in no view', async (text) => {
  const { classifier } = setUp()

  const scored = await classifier.score([viewOf(text), viewOf('Px', 'raw')], 'chat')

  expect(scored).toEqual({ scores: perCategory(() => 0), cached: true })
  expect(await classifier.scoreEach([viewOf(text).text])).toEqual([perCategory(() => 0)])
  expect(rows).toBe(0)
})

test('rows are what the score is the highest of, with where each stands', async () => {
  const { classifier } = setUp()
  const views = [viewOf('가가 나나 다다 라라 Px'), viewOf('ab', 'joined')]

  const rows = await classifier.scoreRows(views, 'chat')
  const { scores } = await classifier.score(views, 'chat')

  expect(rows.map(({ of }) => `${of.view} ${of.part}`)).toEqual([
    'canonical words',
    'canonical words',
    'canonical whole',
    'joined whole',
  ])
  expect(Math.max(...rows.map((row) => row.scores.profanity))).toBe(scores.profanity)
})

test('of equal scores the first view is named', async () => {
  const { classifier } = setUp()

  const { origins } = await classifier.score([viewOf('Px'), viewOf('Px ', 'raw')], 'chat')

  expect(origins?.profanity.view).toBe('canonical')
})

test('a text without a token scores 0 and costs nothing', async () => {
  const { classifier, cacheResults } = setUp()

  expect(await classifier.score([viewOf('   ')], 'chat')).toEqual({
    scores: perCategory(() => 0),
    cached: true,
  })
  expect(await classifier.score([], 'chat')).toEqual({ scores: perCategory(() => 0), cached: true })
  expect(await classifier.scoreEach([viewOf(' ').text])).toEqual([perCategory(() => 0)])
  expect([rows, cacheResults]).toEqual([0, []])
})

test('an exact repeat is not computed again, but its origin is its own', async () => {
  const { classifier, cacheResults } = setUp()
  const first = await classifier.score([viewOf('aI')], 'chat')

  const second = await classifier.score([viewOf('a  I')], 'chat')

  expect(second.scores).toEqual(first.scores)
  expect(second.origins?.insult.end).toBe(4)
  expect([first.cached, second.cached, ...cacheResults]).toEqual([false, true, 'miss', 'hit'])
  expect(rows).toBe(1)
})

test('the same text at the same time is computed once', async () => {
  const { classifier } = setUp()

  await Promise.all(Array.from({ length: 20 }, () => classifier.score([viewOf('abc')], 'chat')))

  expect(rows).toBe(1)
})

test('a text of more windows than the batcher takes at once is scored', async () => {
  const small = createBatcher(backend, { maxDelayMs: 0, maxQueuedRows: 64 })
  const { classifier } = setUp({ batcher: small, cacheSize: 0 })
  const text = Array.from({ length: 3000 }, (_, index) => String.fromCodePoint(0xac00 + index)).join('')

  const { scores } = await classifier.score([viewOf(`${text}P`)], 'chat')

  expect(scores.profanity).toBeGreaterThan(0.9)
})

test('a row that the model cannot take rejects its message and is tried again the next time', async () => {
  let isPoisoned = true
  const encode: ClassifierOptions['encode'] = (text) =>
    isPoisoned ? { ids: [POISON], starts: [0], ends: [1] } : tinyEncode(text)
  const { classifier } = setUp({ encode })

  await expect(classifier.score([viewOf('ab')], 'chat')).rejects.toThrow(InferenceError)
  isPoisoned = false

  expect((await classifier.score([viewOf('ab')], 'chat')).cached).toBe(false)
})
