import { expect, test } from 'vitest'
import { CATEGORIES } from '../../src/domain/verdict.js'
import { BatcherFullError } from '../../src/errors.js'
import type { Logits } from '../../src/model/linear.js'
import { perCategory } from '../../src/model/per-category.js'
import { createRowScorer, type RowScorerOptions } from '../../src/model/row-scorer.js'
import { tinyEncode, tinyLogits, viewOf } from './tiny-model.js'

const calibration = perCategory((_, k) => ({ scale: 1 + k / 8, bias: k / 4 }))

function setUp(options: Partial<RowScorerOptions> = {}) {
  const asked: string[] = []
  const submit = async (ids: ArrayLike<number>): Promise<Float32Array> => {
    asked.push(Array.from(ids).join())
    return Float32Array.from(tinyLogits(Array.from(ids)))
  }
  const scoreRow = createRowScorer({ calibration, batcher: { submit }, cacheSize: 100, ...options })
  const score = (text: string, mix = (network: Logits): Logits => network) =>
    scoreRow({ decidedBy: 'network', ids: idsOf(text), mix })
  return { asked, scoreRow, score }
}

const idsOf = (text: string): number[] => Array.from(tinyEncode(viewOf(text).text).ids)
const scoresOf = (logits: readonly number[]) =>
  perCategory((category, k) => {
    const { scale, bias } = calibration[category]
    const probability = 1 / (1 + Math.exp(-(scale * (logits[k] ?? 0) + bias)))
    return Math.round(probability * 10_000) / 10_000
  })

test('what the linear stage decided is answered at once, and the network hears nothing of it', () => {
  const { asked, scoreRow } = setUp()
  const logits = CATEGORIES.map((_, k) => -k)

  expect(scoreRow({ decidedBy: 'linear', logits })).toEqual({ isComputed: false, scores: scoresOf(logits) })
  expect(asked).toEqual([])
})

test('what the network is asked has its logits, mixed', async () => {
  const { asked, score } = setUp()

  const answer = score('ax', (network) => Array.from(network, (logit) => logit + 1))

  expect(answer.isComputed).toBe(true)
  expect(await answer.scores).toEqual(scoresOf(tinyLogits(idsOf('ax')).map((logit) => logit + 1)))
  expect(asked).toEqual([idsOf('ax').join()])
})

test('the network is asked once for equal ids, and each text has its own linear share', async () => {
  const { asked, score } = setUp()

  const first = score('x')
  const second = score('x', (network) => Array.from(network, (logit) => logit - 1))

  expect([first, second]).toMatchObject([{ isComputed: true }, { isComputed: false }])
  expect((await first.scores).abusive).toBeGreaterThan((await second.scores).abusive)
  expect(asked).toHaveLength(1)
})

test('what the linear stage decided leaves nothing in the cache', async () => {
  const { score, scoreRow } = setUp({ cacheSize: 2 })
  await score('x').scores
  for (let i = 0; i < 4; i += 1) scoreRow({ decidedBy: 'linear', logits: CATEGORIES.map(() => i) })

  expect(score('x')).toMatchObject({ isComputed: false })
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

  expect(await score('ab').scores).toEqual(scoresOf(CATEGORIES.map(() => 0)))
  await expect(score('cd').scores).rejects.toThrow('gone')
})
