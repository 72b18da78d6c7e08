import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SHIPPED_MODEL } from '../../src/app-judging.js'
import { type LinearModel, loadLinear } from '../../src/model/linear.js'
import { type Artifact, loadArtifact } from '../../src/model/manifest.js'
import { packageRoot } from '../../src/package-root.js'
import { CANONICALISER_VERSION } from '../../src/text/views.js'
import { codePointsOf } from '../text/naive-grams.js'

/** Written by models/training beside the weights: special tokens are private-use code points. */
const goldenSchema = z.object({
  linear: z.string(),
  lines: z.array(z.object({ text: z.string(), logits: z.array(z.number()).length(7) })).min(1),
})

const readGolden = () =>
  goldenSchema.parse(JSON.parse(readFileSync(join(packageRoot, 'test/fixtures/linear-golden.json'), 'utf8')))

describe('the linear stage of the shipped model', () => {
  let artifact: Artifact
  let linear: LinearModel | undefined

  beforeAll(async () => {
    const folder = join(packageRoot, SHIPPED_MODEL)
    artifact = await loadArtifact(folder, { canonicaliser: CANONICALISER_VERSION })
    linear = artifact.linear && (await loadLinear(artifact.linear))
  })

  test('gives the logits that Python gives', ({ skip }) => {
    if (linear === undefined) return skip(`${SHIPPED_MODEL} has no linear section`)
    const golden = readGolden()

    expect(golden.linear).toBe(artifact.linear?.sha256)
    for (const { text, logits } of golden.lines) {
      const codePoints = codePointsOf(text)
      const ours = linear.logits({ codePoints, starts: [], ends: [] })
      const furthest = Math.max(...logits.map((logit, k) => Math.abs(logit - (ours[k] ?? Number.NaN))))
      expect(furthest, text).toBeLessThanOrEqual(1e-4)
    }
  })
})
