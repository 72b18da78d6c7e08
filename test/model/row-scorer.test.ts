import { describe, expect, test } from 'vitest'
import { CATEGORIES } from '../../src/domain/verdict.js'
import { BatcherFullError, InferenceError } from '../../src/errors.js'
import type { Logits } from '../../src/model/logits.js'
import { perCategory } from '../../src/model/per-category.js'
import { createRowScorer, type RowScorerOptions } from '../../src/model/row-scorer.js'
import { tinyEncode, tinyLogits, viewOf } from './tiny-model.js'

const calibration = perCategory((_, k) => ({ scale: 1 + k / 8, bias: k / 4 }))
const SECOND_CALIBRATION = perCategory((_, k) => ({ scale: 0.75, bias: -k / 8 }))

function setUp(options: Partial<RowScorerOptions> = {}) {
  const asked: string[] = []
  const submit = async (ids: ArrayLike<number>): Promise<Float32Array> => {
    asked.push(Array.from(ids).join())
    return Float32Array.from(tinyLogits(Array.from(ids)))
  }
  const scoreRow = createRowScorer({ calibration, batcher: { submit }, cacheSize: 100, ...options })
  const score = async (text: string, mix = (network: Logits): Logits => network) =>
    scoreRow({ decidedBy: 'network', ids: idsOf(text), mix })
  return { asked, scoreRow, score }
}

const idsOf = (text: string): number[] => Array.from(tinyEncode(viewOf(text).text).ids)
const scoresOf = (logits: readonly number[], by = calibration) =>
  perCategory((category, k) => {
    const { scale, bias } = by[category]
    const probability = 1 / (1 + Math.exp(-(scale * (logits[k] ?? 0) + bias)))
    return Math.round(probability * 10_000) / 10_000
  })

test('what the linear stage decided is answered at once, and the network hears nothing of it', () => {
  const { asked, scoreRow } = setUp()
  const logits = CATEGORIES.map((_, k) => -k)

  expect(scoreRow({ decidedBy: 'linear', logits })).toEqual({
    decidedBy: 'linear',
    isComputed: false,
    scores: scoresOf(logits),
  })
  expect(asked).toEqual([])
})

test('what the network is asked has its logits, mixed', async () => {
  const { asked, score } = setUp()

  const answer = await score('ax', (network) => Array.from(network, (logit) => logit + 1))

  expect(answer).toEqual({
    decidedBy: 'network',
    isComputed: true,
    scores: scoresOf(tinyLogits(idsOf('ax')).map((logit) => logit + 1)),
  })
  expect(asked).toEqual([idsOf('ax').join()])
})

test('the network is asked once for equal ids, and each text has its own linear share', async () => {
  const { asked, score } = setUp()

  const [first, second] = await Promise.all([
    score('x'),
    score('x', (network) => Array.from(network, (logit) => logit - 1)),
  ])

  expect([first, second]).toMatchObject([{ isComputed: true }, { isComputed: false }])
  expect(first.scores.abusive).toBeGreaterThan(second.scores.abusive)
  expect(asked).toHaveLength(1)
})

test('what the linear stage decided leaves nothing in the cache', async () => {
  const { score, scoreRow } = setUp({ cacheSize: 2 })
  await score('x')
  for (let i = 0; i < 4; i += 1) scoreRow({ decidedBy: 'linear', logits: CATEGORIES.map(() => i) })

  expect(await score('x')).toMatchObject({ isComputed: false })
})

test('a row waits while the batcher is full; other failures are its own', async () => {
  let attempts = 0
  const submit = async (): Promise<Float32Array> => {
    attempts += 1
    if (attempts === 1) throw new BatcherFullError('full')
    if (attempts > 2) throw new Error('gone')
    return new Float32Array(CATEGORIES.length)
  }
  const { score } = setUp({ batcher: { submit } })

  expect((await score('ab')).scores).toEqual(scoresOf(CATEGORIES.map(() => 0)))
  await expect(score('cd')).rejects.toThrow('gone')
})

describe('with a second network', () => {
  const ids = idsOf('xy')
  const first = scoresOf(tinyLogits(ids))
  const shares = perCategory((_, k) => 0.5 + k / 8)
  const secondLogits = CATEGORIES.map((_, k) => 3 - k)

  /** The band begins or ends so far from what the first says of `xy`. */
  function setUpSecond({ low = 0, high = 0 }, submit = async () => Float32Array.from(secondLogits)) {
    const submitted: string[] = []
    const batcher = {
      submit: (row: ArrayLike<number>) => {
        submitted.push(Array.from(row).join())
        return submit()
      },
    }
    const band = { low: first.abusive + low, high: first.abusive + high }
    const section = { band, share: shares, calibration: SECOND_CALIBRATION }
    return { ...setUp({ second: { section, batcher } }), submitted }
  }

  test('a row in its band is asked again: its logits, shared, come on top of the mixed ones', async () => {
    const { score, submitted } = setUpSecond({ high: 0.0001 })

    const { scores, decidedBy } = await score('xy', (network) => network)

    const mixed = tinyLogits(ids).map((logit, k) => logit + (0.5 + k / 8) * (3 - k))
    expect(decidedBy).toBe('second')
    expect(scores).toEqual(scoresOf(mixed, SECOND_CALIBRATION))
    expect(submitted).toEqual([ids.join()])
  })

  test.each([
    ['below its band', { low: 0.0001, high: 0.1 }],
    ['at the upper end of its band', { low: -0.01, high: 0 }],
  ])('a row %s keeps what the first said', async (_where, band) => {
    const { score, submitted } = setUpSecond(band)

    expect(await score('xy')).toEqual({ decidedBy: 'network', isComputed: true, scores: first })
    expect(submitted).toEqual([])
  })

  test('what the linear stage decided is not asked, wherever it lies', () => {
    const { scoreRow, submitted } = setUpSecond({ low: -1, high: 1 })

    expect(scoreRow({ decidedBy: 'linear', logits: tinyLogits(ids) })).toMatchObject({ decidedBy: 'linear' })
    expect(submitted).toEqual([])
  })

  test('it remembers answers of its own: a row counts as computed when either network had to', async () => {
    const { asked, score, submitted } = setUpSecond({ high: 0.0001 })
    const outside = (network: Logits): Logits => Array.from(network, (logit) => logit + 9)

    const answers = [await score('xy', outside), await score('xy'), await score('xy')]

    expect(answers.map(({ decidedBy }) => decidedBy)).toEqual(['network', 'second', 'second'])
    expect(answers.map(({ isComputed }) => isComputed)).toEqual([true, true, false])
    expect([asked, submitted]).toEqual([[ids.join()], [ids.join()]])
  })

  test('it is waited for while it is full, and its failures are the row’s own', async () => {
    let attempts = 0
    const { score } = setUpSecond({ high: 0.0001 }, async () => {
      attempts += 1
      if (attempts === 1) throw new BatcherFullError('full')
      throw new InferenceError('poison')
    })

    await expect(score('xy')).rejects.toThrow('poison')
    expect(attempts).toBe(2)
  })
})
