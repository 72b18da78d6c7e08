import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CATEGORIES } from '../../src/domain/verdict.js'
import { ModelLoadError } from '../../src/errors.js'
import { createLinear, loadLinear } from '../../src/model/linear.js'
import { perCategory } from '../../src/model/per-category.js'
import { codePointsOf, naiveBuckets } from '../text/naive-grams.js'
import { TINY_SECTION, tinyRows } from './tiny-linear.js'
import { viewOf } from './tiny-model.js'

const GRAMS = {
  a: { code: 3, abusive: 100, mild: -128 },
  b: { code: 4, abusive: -20 },
} as const
const tiny = createLinear(TINY_SECTION, tinyRows(GRAMS))
const logitsOf = (text: string): number[] => Array.from(tiny.logits(viewOf(text).text))

test('a logit is the bias and the weights by idf, over the length of the idf', () => {
  // (3 x 100 - 4 x 20) / 5 = 44 steps of 1/8; 3 x -128 / 5 = -76.8.
  const logits = logitsOf('ab')

  expect(logits[0]).toBeCloseTo(-6 + 44 / 8, 12)
  expect(logits[6]).toBeCloseTo(-6 - 76.8 / 8, 12)
  expect(logits.slice(1, 6)).toEqual([-6, -6, -6, -6, -6])
})

test('a gram counts once, however often it comes', () => {
  expect(logitsOf('aab bab')).toEqual(logitsOf('ab'))
})

test.each(['', '   ', 'cd'])('a text of which nothing is known has the bias: "%s"', (text) => {
  expect(logitsOf(text)).toEqual(CATEGORIES.map(() => -6))
})

test('random weights give what plain sums over the grams give', () => {
  const section = {
    ...TINY_SECTION,
    buckets: 1 << 10,
    maxGram: 4,
    steps: perCategory((_, k) => 0.01 + k / 100),
  }
  const rows = Uint8Array.from({ length: section.buckets * 8 }, (_, i) => (i * 2_654_435_761) >>> 13)
  const linear = createLinear(section, rows)

  for (const text of ['안녕하세요 여러분', 'ㅋㅋㅋ \ue000 gg', 'x'.repeat(300)]) {
    const buckets = naiveBuckets(text, section)
    const idf = buckets.map((bucket) => section.idfStep * (rows[bucket * 8] ?? 0))
    const norm = Math.hypot(...idf)
    const expected = CATEGORIES.map((category, k) => {
      const weights = buckets.map((bucket) => ((rows[bucket * 8 + 1 + k] ?? 0) << 24) >> 24)
      const sum = weights.reduce((total, weight, i) => total + weight * (idf[i] ?? 0), 0)
      return section.bias[category] + (section.steps[category] * sum) / norm
    })
    const codePoints = codePointsOf(text)
    const logits = linear.logits({ codePoints, starts: [], ends: [] })
    for (const [k, logit] of expected.entries()) expect(logits[k]).toBeCloseTo(logit, 10)
  }
})

test('a text is cleared when every logit is below its limit, and not at it', () => {
  const low = CATEGORIES.map(() => -4.1)

  expect(tiny.clears(low)).toBe(true)
  for (const k of CATEGORIES.keys()) {
    expect(tiny.clears(low.with(k, -4))).toBe(false)
    expect(tiny.clears(low.with(k, Number.NaN))).toBe(false)
  }
})

test('alone it stands for the mixed logit by slope and offset; with the network it has its share', () => {
  const linear = CATEGORIES.map(() => -5)

  expect(Array.from(tiny.alone(linear))).toEqual(CATEGORIES.map(() => -3.5))
  expect(Array.from(tiny.mixed(Float32Array.of(1, 2, 2, 2, 2, 2, 2), linear))).toEqual([
    -1.5, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75,
  ])
})

test('alone it never says more than at its limits, category by category', () => {
  // Limits of -4: -4 x 0.5 - 1, and -6 x 0.5 - 1.
  const above = Float64Array.of(-3.9, -4, -6, 0, 50, Number.POSITIVE_INFINITY, -6)

  expect(Array.from(tiny.alone(above))).toEqual([-3, -3, -4, -3, -3, -3, -4])
})

describe('linear.bin', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haechi-linear-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const load = async (bytes: Uint8Array) => {
    const path = join(folder, 'linear.bin')
    await writeFile(path, bytes)
    return loadLinear({ ...TINY_SECTION, path, sha256: '' })
  }

  test('is read as the weights', async () => {
    const linear = await load(tinyRows(GRAMS))

    expect(linear.logits(viewOf('ab').text)).toEqual(tiny.logits(viewOf('ab').text))
  })

  test.each([-1, 1])('of another size is refused, with both sizes: %i bytes more', async (more) => {
    const size = TINY_SECTION.buckets * 8

    const error = await load(new Uint8Array(size + more)).catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(ModelLoadError)
    expect(String(error)).toContain(`${join(folder, 'linear.bin')} has ${size + more} bytes`)
    expect(String(error)).toContain(`4096 buckets need ${size}`)
  })
})
