import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CATEGORIES } from '../../src/domain/verdict.js'
import type { Backend } from '../../src/model/backend.js'
import { createBatcher } from '../../src/model/batcher.js'
import { type Artifact, loadArtifact } from '../../src/model/manifest.js'
import { startOnnxBackend } from '../../src/model/onnx-backend.js'
import { packageRoot } from '../../src/package-root.js'
import { CANONICALISER_VERSION } from '../../src/text/views.js'

const FOLDER = join(packageRoot, 'models/cnn-bilstm/6.1.0')

describe.skipIf(!existsSync(FOLDER))('the artifact in this repository', () => {
  let artifact: Artifact
  let backend: Backend

  beforeAll(async () => {
    artifact = await loadArtifact(FOLDER, { canonicaliser: CANONICALISER_VERSION })
    backend = await startOnnxBackend(artifact)
  })
  afterAll(() => backend.close())

  const probabilities = (logits: Float32Array): number[] =>
    CATEGORIES.map((category, index) => {
      const { scale, bias } = artifact.calibration[category]
      return 1 / (1 + Math.exp(-(scale * (logits[index] ?? 0) + bias)))
    })

  test('scores a row the same alone and among others', async () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      Array.from({ length: 1 + ((index * 7) % 60) }, (_, place) => 10 + ((index * 131 + place * 17) % 900)),
    )
    const mixed = createBatcher(backend, { maxDelayMs: 1 })
    const single = createBatcher(backend, { maxDelayMs: 0, maxRows: 1 })

    const among = (await Promise.all(rows.map((row) => mixed.submit(row)))).flatMap(probabilities)
    const alone = (await Promise.all(rows.map((row) => single.submit(row)))).flatMap(probabilities)

    const furthest = Math.max(...among.map((score, index) => Math.abs(score - (alone[index] ?? 0))))
    expect(furthest).toBeLessThanOrEqual(1e-5)
  })
})
