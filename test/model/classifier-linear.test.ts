import { expect, test } from 'vitest'
import { type ClassifierOptions, createClassifier } from '../../src/model/classifier.js'
import { createLinear } from '../../src/model/linear.js'
import { perCategory } from '../../src/model/per-category.js'
import { TINY_SECTION, tinyRows } from './tiny-linear.js'
import { tinyEncode, tinyLogits, viewOf } from './tiny-model.js'

const artifact = {
  calibration: perCategory(() => ({ scale: 1, bias: 0 })),
  window: { tokens: 16, stride: 12 },
}
/** Every letter but `P` is harmless to the linear stage. */
const linear = createLinear(TINY_SECTION, tinyRows({ P: { code: 1, profanity: 127 } }))

/** `counted`: rows by who decided them, texts tokenised, rows that the network computed, and most of them at once. */
function setUp(options: Partial<ClassifierOptions> = {}) {
  const cacheResults: string[] = []
  const counted = { linear: 0, network: 0, second: 0, tokenised: 0, computed: 0, atOnce: 0 }
  let waiting = 0
  const classifier = createClassifier({
    artifact,
    encode: (text) => {
      counted.tokenised += 1
      return tinyEncode(text)
    },
    batcher: {
      submit: async (ids) => {
        counted.computed += 1
        waiting += 1
        counted.atOnce = Math.max(counted.atOnce, waiting)
        await Promise.resolve()
        waiting -= 1
        return Float32Array.from(tinyLogits(Array.from(ids)))
      },
    },
    cacheSize: 100,
    linear,
    onCache: (result) => cacheResults.push(result),
    onRows: (decidedBy, rows) => {
      counted[decidedBy] += rows
    },
    ...options,
  })
  return { classifier, cacheResults, counted }
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))
const rounded = (score: number): number => Math.round(score * 10_000) / 10_000

test('a message that the linear stage clears asks the network nothing: the cache has no part in it', async () => {
  const { classifier, cacheResults, counted } = setUp()

  const [first, again] = [
    await classifier.score([viewOf('ab')], 'chat'),
    await classifier.score([viewOf('ab')], 'chat'),
  ]

  expect(first.scores.abusive).toBe(rounded(sigmoid(-4)))
  expect(first.origins?.abusive).toEqual({ view: 'canonical', start: 0, end: 2 })
  expect([first.cached, again.cached, ...cacheResults]).toEqual([false, false])
  expect(counted).toMatchObject({ linear: 2, network: 0, computed: 0 })
})

test('of a message only the rows that pass are asked, and it is remembered when they are', async () => {
  const { classifier, cacheResults, counted } = setUp()
  // The whole and the second window pass.
  const views = [viewOf('가가 나나 다다 라라 Px')]

  const first = await classifier.score(views, 'chat')
  const again = await classifier.score(views, 'chat')

  expect(again).toEqual({ ...first, cached: true })
  expect([first.cached, ...cacheResults]).toEqual([false, 'miss', 'hit'])
  expect(counted).toMatchObject({ linear: 2, network: 4, computed: 2 })
})

test('rows say who decided them, and a text alone scores as its row does', async () => {
  const { classifier, counted } = setUp()

  const scored = await classifier.scoreRows([viewOf('가가 나나 다다 라라 Px')], 'chat')
  const alone = await classifier.scoreEach(scored.map(({ of }) => of.text))

  expect(scored.map(({ input }) => input.decidedBy)).toEqual(['linear', 'network', 'network'])
  expect(alone).toEqual(scored.map(({ scores }) => scores))
  expect(counted).toMatchObject({ linear: 2, network: 4 })
})

test('each window of tokens has the linear share of the whole text', async () => {
  const { classifier } = setUp()
  const view = viewOf(`P${'나'.repeat(20)}`)

  const scored = await classifier.scoreRows([view], 'chat')

  const own = Array.from(linear.logits(view.text))
  const { ids } = tinyEncode(view.text)
  const last = tinyLogits(Array.from(ids).slice(12))
  expect(scored.map(({ input }) => input.decidedBy)).toEqual(['network', 'network'])
  expect(scored[1]?.scores.profanity).toBe(rounded(sigmoid((last[1] ?? 0) + 0.25 * (own[1] ?? 0))))
})

/** All of it passes, in windows that differ: words of four syllables, four to a window. */
const suspect = (words: number): string[] => {
  const syllable = (index: number, place: number): string =>
    String.fromCodePoint(0xac01 + ((index >> (4 * place)) & 15))
  return Array.from({ length: words }, (_, i) => `가${syllable(i, 0)}${syllable(i, 1)}${syllable(i, 2)}`)
}
/** `가` (U+AC00) passes, `P` ranks higher. */
const ranking = createLinear(
  TINY_SECTION,
  tinyRows({ 가: { code: 1, abusive: 24 }, P: { code: 1, abusive: 80 } }),
)

/** Without a memory, and every passage is one row. */
const setUpRanking = (options: Partial<ClassifierOptions> = {}) =>
  setUp({
    artifact: { ...artifact, window: { tokens: 48, stride: 36 } },
    linear: ranking,
    cacheSize: 0,
    ...options,
  })

test.each([
  ['chat', 64],
  ['board', 256],
] as const)(
  'in %s an abusive window is found among a thousand harmless ones, for %i rows',
  async (kind, most) => {
    const { classifier, counted } = setUpRanking()
    const harmless = suspect(2_100)
    const hostile = harmless.with(1_500, '가각P갂')

    const { scores } = await classifier.score([viewOf(harmless.join(' '))], kind)
    expect(scores.abusive).toBeLessThan(0.5)
    expect(counted.linear).toBeGreaterThan(1_000)
    expect([counted.network, counted.computed]).toEqual([most, most])
    expect(counted.tokenised).toBeLessThanOrEqual(most + 1)
    const found = await classifier.score([viewOf(hostile.join(' '))], kind)

    expect(found.scores.profanity).toBeGreaterThan(0.9)
    expect(found.origins?.profanity.start).toBeLessThanOrEqual(1_500 * 5)
    expect(found.origins?.profanity.end).toBeGreaterThanOrEqual(1_500 * 5 + 4)
    expect([counted.network, counted.computed]).toEqual([2 * most, 2 * most])
    expect(counted.atOnce).toBe(64)
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

test('a line of exactly as many rows as are asked is asked as a whole', async () => {
  const { classifier, counted } = setUpRanking()
  const view = viewOf(suspect(56).join(' '))

  const { scores } = await classifier.score([view], 'chat')

  expect(counted).toMatchObject({ linear: 0, network: 64, tokenised: 64 })
  expect(scores).toEqual((await classifier.score([view], 'board')).scores)
})

test('without a linear stage nothing says which rows are worth it: all are asked', async () => {
  const { classifier, counted } = setUpRanking({ linear: undefined })

  await classifier.score([viewOf(suspect(400).join(' '))], 'chat')

  expect(counted.linear).toBe(0)
  expect(counted.network).toBeGreaterThan(250)
  expect([counted.computed, counted.tokenised]).toEqual([counted.network, counted.network])
})
