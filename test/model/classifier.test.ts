import { afterAll, beforeAll, expect, test } from 'vitest'
import { InferenceError } from '../../src/errors.js'
import type { Backend } from '../../src/model/backend.js'
import { type Batcher, createBatcher } from '../../src/model/batcher.js'
import { type ClassifierOptions, createClassifier } from '../../src/model/classifier.js'
import { createLinear } from '../../src/model/linear.js'
import { startOnnxBackend } from '../../src/model/onnx-backend.js'
import { perCategory } from '../../src/model/per-category.js'
import { TINY_SECTION, tinyRows } from './tiny-linear.js'
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
  expect(origins?.profanity).toEqual({ view: 'canonical', start: 60, end: 71 })
})

const words = (count: number, last: string): string => `${'dn '.repeat(count - 1)}${last}`

// `d` and `n` lower the tiny model's profanity.
test('kind words do not dilute: the window of words that fired is named', async () => {
  const { classifier } = setUp()

  const { scores, origins } = await classifier.score([viewOf(words(30, 'Px'))], 'chat')

  expect(scores.profanity).toBe((await classifier.score([viewOf('dn dn dn Px')], 'chat')).scores.profanity)
  expect(origins?.profanity).toEqual({ view: 'canonical', start: 78, end: 89 })
})

test('a line of four words is one row; five are the whole and two windows', async () => {
  const { classifier } = setUp()

  await classifier.score([viewOf('aa bb cc dd')], 'chat')
  expect(rows).toBe(1)
  await classifier.score([viewOf('aa bb cc dd ee')], 'chat')

  // The first window is the line before.
  expect(rows).toBe(3)
})

test('windows that read alike are one row, in one view or in two', async () => {
  const { classifier } = setUp({ cacheSize: 0 })

  await classifier.score([viewOf('aa bb cc dd ee'), viewOf('aa bb cc dd ef', 'joined', 20)], 'chat')
  expect(rows).toBe(5)
  await classifier.score([viewOf('bc bc bc bc bc bc')], 'chat')

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
  const views = [viewOf('aa bb cc dd ee Px'), viewOf('ab', 'joined')]

  const rows = await classifier.scoreRows(views, 'chat')
  const { scores } = await classifier.score(views, 'chat')

  expect(rows.map(({ view, part }) => `${view} ${part}`)).toEqual([
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

/** Every letter but `P` is harmless to the linear stage. */
const linear = createLinear(TINY_SECTION, tinyRows({ P: { code: 1, profanity: 127 } }))

function setUpLinear() {
  const counted = { linear: 0, network: 0 }
  const onRows: ClassifierOptions['onRows'] = (decidedBy, rows) => {
    counted[decidedBy] += rows
  }
  return { ...setUp({ linear, onRows }), counted }
}

test('a message that the linear stage clears asks the network nothing: the cache has no part in it', async () => {
  const { classifier, cacheResults, counted } = setUpLinear()

  const [first, again] = [
    await classifier.score([viewOf('ab')], 'chat'),
    await classifier.score([viewOf('ab')], 'chat'),
  ]

  expect(first.scores.abusive).toBe(rounded(sigmoid(-4)))
  expect(first.origins?.abusive).toEqual({ view: 'canonical', start: 0, end: 2 })
  expect([first.cached, again.cached, ...cacheResults]).toEqual([false, false])
  expect([rows, counted]).toEqual([0, { linear: 2, network: 0 }])
})

test('of a message only the rows that pass are asked, and it is remembered when they are', async () => {
  const { classifier, cacheResults, counted } = setUpLinear()
  // The whole and the second window pass.
  const views = [viewOf('aa bb cc dd ee Px')]

  const first = await classifier.score(views, 'chat')
  const again = await classifier.score(views, 'chat')

  expect(again).toEqual({ ...first, cached: true })
  expect([first.cached, ...cacheResults]).toEqual([false, 'miss', 'hit'])
  expect([rows, counted]).toEqual([2, { linear: 2, network: 4 }])
})

test('rows say who decided them, and a text alone scores as its row does', async () => {
  const { classifier, counted } = setUpLinear()

  const scored = await classifier.scoreRows([viewOf('aa bb cc dd ee Px')], 'chat')
  const alone = await classifier.scoreEach(scored.map(({ text }) => text))

  expect(scored.map(({ input }) => input.decidedBy)).toEqual(['linear', 'network', 'network'])
  expect(alone).toEqual(scored.map(({ scores }) => scores))
  expect(counted).toEqual({ linear: 2, network: 4 })
})

test('each window of tokens has the linear share of the whole text', async () => {
  const { classifier } = setUpLinear()
  const view = viewOf(`P${'b'.repeat(20)}`)

  const scored = await classifier.scoreRows([view], 'chat')

  const own = Array.from(linear.logits(view.text))
  const { ids } = tinyEncode(view.text)
  const last = tinyLogits(Array.from(ids).slice(12))
  expect(scored.map(({ input }) => input.decidedBy)).toEqual(['network', 'network'])
  expect(scored[1]?.scores.profanity).toBe(rounded(sigmoid((last[1] ?? 0) + 0.25 * (own[1] ?? 0))))
})

/** All of it passes, in windows that differ. */
const suspect = (words: number): string[] => {
  const letters = 'abcefghijklmoprs'
  const letter = (index: number, place: number): string => letters[(index >> (4 * place)) & 15] ?? 'a'
  return Array.from({ length: words }, (_, i) => `q${letter(i, 0)}${letter(i, 1)}${letter(i, 2)}`)
}
/** `q` passes, `P` ranks higher. */
const ranking = createLinear(
  TINY_SECTION,
  tinyRows({ q: { code: 1, abusive: 24 }, P: { code: 1, abusive: 80 } }),
)

function setUpRanking(options: Partial<ClassifierOptions> = {}) {
  const counted = { linear: 0, network: 0, tokenised: 0 }
  const onRows: ClassifierOptions['onRows'] = (decidedBy, rows) => {
    counted[decidedBy] += rows
  }
  const encode: ClassifierOptions['encode'] = (text) => {
    counted.tokenised += 1
    return tinyEncode(text)
  }
  // Every passage is one row.
  const whole = { ...artifact, window: { tokens: 48, stride: 36 } }
  return {
    ...setUp({ artifact: whole, linear: ranking, encode, onRows, cacheSize: 0, ...options }),
    counted,
  }
}

test.each([
  ['chat', 64],
  ['board', 256],
] as const)(
  'in %s an abusive window is found among a thousand harmless ones, for %i rows',
  async (kind, most) => {
    const { classifier, counted } = setUpRanking()
    const harmless = suspect(2_100)
    const hostile = harmless.with(1_500, 'qaPb')

    const { scores } = await classifier.score([viewOf(harmless.join(' '))], kind)
    expect(scores.abusive).toBeLessThan(0.5)
    expect(counted.linear).toBeGreaterThan(1_000)
    expect([counted.network, rows]).toEqual([most, most])
    expect(counted.tokenised).toBeLessThanOrEqual(most + 1)
    const found = await classifier.score([viewOf(hostile.join(' '))], kind)

    expect(found.scores.profanity).toBeGreaterThan(0.9)
    expect(found.origins?.profanity.start).toBeLessThanOrEqual(1_500 * 5)
    expect(found.origins?.profanity.end).toBeGreaterThanOrEqual(1_500 * 5 + 4)
    expect([counted.network, rows]).toEqual([2 * most, 2 * most])
  },
)

test('of equal rows beyond what is asked the first are asked, each time the same', async () => {
  const { classifier } = setUpRanking({ cacheSize: 1_000 })
  const view = viewOf(suspect(400).join(' '))

  const first = await classifier.scoreRows([view], 'chat')
  const again = await classifier.scoreRows([view], 'chat')

  const decided = first.map(({ input }) => input.decidedBy)
  expect(decided).toEqual(first.map((_, index) => (index < 64 ? 'network' : 'linear')))
  expect(again.map(({ scores }) => scores)).toEqual(first.map(({ scores }) => scores))
})

test('a line with as many rows as any that was recorded is asked as a whole', async () => {
  const { classifier, counted } = setUpRanking()
  const view = viewOf(suspect(88).join(' '))

  const { scores } = await classifier.score([view], 'chat')

  expect(counted).toEqual({ linear: 0, network: 60, tokenised: 60 })
  expect(scores).toEqual((await classifier.score([view], 'board')).scores)
})

test('without a linear stage nothing says which rows are worth it: all are asked', async () => {
  const { classifier, counted } = setUpRanking({ linear: undefined })

  await classifier.score([viewOf(suspect(400).join(' '))], 'chat')

  expect(counted.linear).toBe(0)
  expect(counted.network).toBeGreaterThan(250)
  expect([rows, counted.tokenised]).toEqual([counted.network, counted.network])
})
