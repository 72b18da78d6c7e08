import { expect, test } from 'vitest'
import { CATEGORIES } from '../../src/domain/verdict.js'
import { BatcherFullError } from '../../src/errors.js'
import { createLinear } from '../../src/model/linear.js'
import { perCategory } from '../../src/model/per-category.js'
import { createRowScorer, type RowScorerOptions } from '../../src/model/row-scorer.js'
import { TINY_SECTION, tinyRows } from './tiny-linear.js'
import { tinyEncode, tinyLogits, viewOf } from './tiny-model.js'

/** `x` is of interest to the linear stage; all other letters are harmless. */
const linear = createLinear(TINY_SECTION, tinyRows({ x: { code: 1, abusive: 40, hate: 24 }, o: { code: 1 } }))
const calibration = perCategory((_, k) => ({ scale: 1 + k / 8, bias: k / 4 }))

function setUp(options: Partial<RowScorerOptions> = {}) {
  const asked: string[] = []
  const submit = async (ids: ArrayLike<number>): Promise<Float32Array> => {
    asked.push(Array.from(ids).join())
    return Float32Array.from(tinyLogits(Array.from(ids)))
  }
  const scoreRow = createRowScorer({ calibration, batcher: { submit }, cacheSize: 100, linear, ...options })
  const score = (text: string, ids = tinyEncode(viewOf(text).text).ids) => scoreRow(viewOf(text).text, ids)
  return { asked, score }
}

const idsOf = (text: string): number[] => Array.from(tinyEncode(viewOf(text).text).ids)
const scoresOf = (logits: readonly number[]) =>
  perCategory((category, k) => {
    const { scale, bias } = calibration[category]
    const probability = 1 / (1 + Math.exp(-(scale * (logits[k] ?? 0) + bias)))
    return Math.round(probability * 10_000) / 10_000
  })

test('a row that the linear stage clears is answered by it, and the network hears nothing of it', async () => {
  const { asked, score } = setUp()

  const answer = score('ab')

  // -6 x 0.5 - 1 for every category.
  expect(answer).toEqual({ decidedBy: 'linear', scores: scoresOf(CATEGORIES.map(() => -4)) })
  expect(asked).toEqual([])
})

test('a row that passes has the logits of both, the linear ones by their share', async () => {
  const { asked, score } = setUp()

  const answer = score('ax')

  const own = [-6 + 40 / 8, -6, -6, -6 + 24 / 8, -6, -6, -6]
  const mixed = tinyLogits(idsOf('ax')).map((logit, k) => logit + (own[k] ?? 0) * (k === 0 ? 0.5 : 0.25))
  expect(answer).toMatchObject({ decidedBy: 'network', isComputed: true })
  expect(await answer.scores).toEqual(scoresOf(mixed))
  expect(asked).toEqual([idsOf('ax').join()])
})

test('the network is asked once for equal ids, and each text has its own linear share', async () => {
  const { asked, score } = setUp()
  const ids = [21, 22]

  const [first, second] = [score('x', ids), score('xo', ids)]

  expect([first, second]).toMatchObject([{ isComputed: true }, { isComputed: false }])
  expect((await first.scores).abusive).toBeGreaterThan((await second.scores).abusive)
  expect(asked).toHaveLength(1)
})

test('a cleared row leaves nothing in the cache', async () => {
  const { score } = setUp({ cacheSize: 2 })
  await score('x').scores
  for (const text of ['ab', 'cd', 'ef', 'gh']) score(text)

  expect(score('x')).toMatchObject({ isComputed: false })
})

test('without a linear stage the network decides alone', async () => {
  const { asked, score } = setUp({ linear: undefined })

  const answer = score('ab')

  expect(answer).toMatchObject({ decidedBy: 'network', isComputed: true })
  expect(await answer.scores).toEqual(scoresOf(tinyLogits(idsOf('ab'))))
  expect(asked).toHaveLength(1)
})

test('a row waits while the batcher is full; other failures are its own', async () => {
  let attempts = 0
  const submit = async (): Promise<Float32Array> => {
    attempts += 1
    if (attempts === 1) throw new BatcherFullError('full')
    if (attempts > 2) throw new Error('gone')
    return new Float32Array(CATEGORIES.length)
  }
  const { score } = setUp({ batcher: { submit }, linear: undefined })

  expect(await score('ab').scores).toEqual(scoresOf(CATEGORIES.map(() => 0)))
  await expect(score('cd').scores).rejects.toThrow('gone')
})
