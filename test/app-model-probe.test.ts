import { expect, test } from 'vitest'
import { probeModel } from '../src/app-model-probe.js'
import { ModelLoadError } from '../src/errors.js'
import { createClassifier } from '../src/model/classifier.js'
import { createLinear } from '../src/model/linear.js'
import { perCategory } from '../src/model/per-category.js'
import { TINY_SECTION, tinyRows } from './model/tiny-linear.js'
import { tinyEncode } from './model/tiny-model.js'

const artifact = {
  folder: '/models/tiny',
  window: { tokens: 16, stride: 12 },
  calibration: perCategory(() => ({ scale: 1, bias: 0 })),
}
/** It clears every text. */
const linear = createLinear(TINY_SECTION, tinyRows({}))
const vocab = {
  initial: new Map([['가', 7]]),
  continuing: new Map([['##나', 90]]),
  unknownId: 1,
  specialIds: [],
}

const probe = async ({ logit = 0, scale = 1 } = {}) => {
  const asked: (readonly number[])[] = []
  const submit = async (ids: ArrayLike<number>) => {
    asked.push(Array.from(ids))
    return new Float32Array(7).fill(logit)
  }
  const batcher = { submit, close: async () => {} }
  const calibration = perCategory(() => ({ scale, bias: 0 }))
  const classifier = createClassifier({
    artifact: { ...artifact, calibration },
    encode: tinyEncode,
    batcher,
    cacheSize: 10,
    linear,
  })
  return {
    asked,
    probed: await probeModel({ vocab, encode: tinyEncode, networks: [{ artifact, batcher }], classifier }),
  }
}

test('the network itself is asked every row that is counted, whatever a linear stage would clear', async () => {
  const { asked, probed } = await probe()

  expect(asked.length).toBeGreaterThan(5)
  expect(probed.rows).toBe(asked.length)
  expect(asked[0]).toEqual(Array.from({ length: 16 }, () => 90))
  expect(asked.every((ids) => ids.length > 0 && ids.length <= 16)).toBe(true)
})

test.each([
  ['a network that gives no number', { logit: Number.NaN }, 'no numbers'],
  ['a network that overflows', { logit: Number.POSITIVE_INFINITY }, 'no numbers'],
  ['a calibration that makes none of a number', { scale: Number.NaN }, 'outside of 0..1'],
])('%s is refused', async (_what, options, expected) => {
  const probing = probe(options)

  await expect(probing).rejects.toThrow(ModelLoadError)
  await expect(probing).rejects.toThrow(expected)
})
