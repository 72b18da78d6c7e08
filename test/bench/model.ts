import type { Backend } from '../../src/model/backend.js'
import type { Artifact } from '../../src/model/manifest.js'
import { startOnnxBackend } from '../../src/model/onnx-backend.js'
import { makeViews } from '../../src/text/views.js'
import { loadVocab } from '../../src/text/vocab.js'
import { WordPiece } from '../../src/text/wordpiece.js'
import { benchArtifact, benchSecond } from './artifact.js'
import { batchOf } from './batch-of.js'
import { type BenchSecond, benchCascade } from './cascade.js'
import { linesFor, type NamedLines } from './lines.js'
import { type Figure, median } from './report.js'

const LINES = 8_000
const SIZES = [1, 8, 32, 64, 128]
const RUNS = 3

async function* benchNetwork(
  { name, lines }: NamedLines,
  { window }: Artifact,
  wordPiece: WordPiece,
  backend: Backend,
): AsyncGenerator<Figure> {
  const rows = lines
    .flatMap((text) => makeViews({ text, emotes: [], kind: 'chat' }).views)
    .map(({ text }) => wordPiece.encode(text).ids.slice(0, window.tokens))
    .filter((ids) => ids.length > 0)
    .toSorted((a, b) => a.length - b.length)
  const note = `${(rows.length / lines.length).toFixed(2)} rows a message, ${(rows.reduce((sum, r) => sum + r.length, 0) / rows.length).toFixed(1)} tokens a row`
  for (const size of SIZES) {
    // One row at a time is slow: a sample of all lengths is enough.
    const sample = size === 1 ? rows.filter((_, index) => index % 8 === 0) : rows
    const seconds: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const start = performance.now()
      for (let from = 0; from < sample.length; from += size)
        await backend.run(batchOf(sample.slice(from, from + size)))
      seconds.push((performance.now() - start) / 1000)
    }
    yield {
      name: `model.b${size} (${name})`,
      value: sample.length / median(seconds),
      unit: 'rows/s',
      note,
      ...(size === 64 ? { atLeast: 9_000 } : {}),
    }
  }
}

const startSecond = async (first: Artifact): Promise<BenchSecond | undefined> => {
  const stage = await benchSecond(first)
  if (stage === undefined) return undefined
  const { artifact, section } = stage
  return { section, backend: await startOnnxBackend({ modelPath: artifact.modelPath, threads: 1 }) }
}

/**
 * Rows a second of one session thread, at the lengths of chat, in batches of rows of like length; then all stages
 * together, with a second model where there is one.
 */
export async function* benchModel(): AsyncGenerator<Figure> {
  const artifact = await benchArtifact()
  const wordPiece = new WordPiece(await loadVocab(artifact.tokenizerPath))
  const second = await startSecond(artifact)
  const backend = await startOnnxBackend({ modelPath: artifact.modelPath, threads: 1 })
  try {
    const sets = linesFor(LINES)
    for (const set of sets) yield* benchNetwork(set, artifact, wordPiece, backend)
    yield* benchCascade({ artifact, encode: (text) => wordPiece.encode(text), backend, second }, sets)
  } finally {
    await backend.close()
    await second?.backend.close()
  }
}
