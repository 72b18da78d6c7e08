import { CATEGORIES } from '../../src/domain/verdict.js'
import type { Backend } from '../../src/model/backend.js'
import { type LinearModel, type Logits, loadLinear } from '../../src/model/linear.js'
import type { Artifact } from '../../src/model/manifest.js'
import { windowsOf } from '../../src/model/windows.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { scoredParts } from '../../src/text/scored-views.js'
import { makeViews } from '../../src/text/views.js'
import type { Tokens } from '../../src/text/wordpiece.js'
import { batchOf } from './batch-of.js'
import type { NamedLines } from './lines.js'
import { type Figure, median, perSecond } from './report.js'

const BATCH = 64
const RUNS = 5

interface Row {
  readonly text: MappedText
  readonly ids: readonly number[]
}

/** All rows that the classifier makes of a message, without its cache: recorded chat repeats itself. */
const rowsOf = (text: string, artifact: Artifact, encode: (text: MappedText) => Tokens): readonly Row[] =>
  scoredParts(makeViews({ text, emotes: [], kind: 'chat' }).views).flatMap(({ text }) =>
    windowsOf(encode(text), artifact.window).map(({ ids }) => ({ text, ids: Array.from(ids) })),
  )

const mixAll = ({ mixed }: LinearModel, network: Float32Array, own: readonly Logits[]): void => {
  for (const [row, each] of own.entries())
    mixed(network.subarray(row * CATEGORIES.length, (row + 1) * CATEGORIES.length), each)
}

/** Mixed logits of all rows, and how many of them the network was asked. */
const scoreAll = async (rows: readonly Row[], linear: LinearModel, backend: Backend): Promise<number> => {
  const passed: { readonly ids: readonly number[]; readonly own: Logits }[] = []
  for (const { text, ids } of rows) {
    const own = linear.logits(text)
    if (linear.clears(own)) linear.alone(own)
    else passed.push({ ids, own })
  }
  // As the batcher does: rows of like length together.
  passed.sort((a, b) => a.ids.length - b.ids.length)
  for (let from = 0; from < passed.length; from += BATCH) {
    const batch = passed.slice(from, from + BATCH)
    const { logits } = await backend.run(batchOf(batch.map(({ ids }) => ids)))
    mixAll(
      linear,
      logits,
      batch.map(({ own }) => own),
    )
  }
  return passed.length
}

/**
 * The linear stage and the network one after the other, so on one core: messages a second once their rows are
 * made, the share of rows that the network is asked, and the linear stage's own rows a second.
 */
export async function* benchCascade(
  artifact: Artifact,
  encode: (text: MappedText) => Tokens,
  backend: Backend,
  sets: readonly NamedLines[],
): AsyncGenerator<Figure> {
  if (artifact.linear === undefined) {
    process.stdout.write(
      `cascade and linear: not measured, ${artifact.id} ${artifact.version} has no linear stage\n`,
    )
    return
  }
  const linear = await loadLinear(artifact.linear)
  for (const { name, lines } of sets) {
    const rows = lines.flatMap((text) => rowsOf(text, artifact, encode))
    const seconds: number[] = []
    let asked = 0
    for (let run = 0; run < RUNS; run += 1) {
      const start = performance.now()
      asked = await scoreAll(rows, linear, backend)
      seconds.push((performance.now() - start) / 1000)
    }
    const note = `${(rows.length / lines.length).toFixed(2)} rows a message, windows of words among them`
    yield { name: `cascade.rate (${name})`, value: lines.length / median(seconds), unit: 'messages/s', note }
    yield { name: `cascade.passed_on (${name})`, value: (100 * asked) / rows.length, unit: '% of rows' }
    const rate = perSecond(rows.length, () => {
      for (const { text } of rows) linear.logits(text)
    })
    yield { name: `linear.rate (${name})`, value: rate, unit: 'rows/s' }
  }
}
