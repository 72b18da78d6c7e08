import { CATEGORIES } from '../../src/domain/verdict.js'
import type { Backend } from '../../src/model/backend.js'
import { loadLinear } from '../../src/model/linear.js'
import type { Artifact } from '../../src/model/manifest.js'
import { createRowsOf, MAX_ASKED, type RowInput, type RowsOf } from '../../src/model/rows.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { type ScoredPart, scoredParts } from '../../src/text/scored-views.js'
import { makeViews } from '../../src/text/views.js'
import type { Tokens } from '../../src/text/wordpiece.js'
import { batchOf } from './batch-of.js'
import type { NamedLines } from './lines.js'
import { type Figure, median, perSecond } from './report.js'

const BATCH = 64
const RUNS = 5

type Asked = Extract<RowInput, { decidedBy: 'network' }>

/** What is scored of a message, without the classifier's cache: recorded chat repeats itself. */
const partsOf = (text: string): readonly ScoredPart[] =>
  scoredParts(makeViews({ text, emotes: [], kind: 'chat' }).views)

const ask = async (batch: readonly Asked[], backend: Backend): Promise<void> => {
  const { logits } = await backend.run(batchOf(batch.map(({ ids }) => Array.from(ids))))
  for (const [row, { mix }] of batch.entries())
    mix(logits.subarray(row * CATEGORIES.length, (row + 1) * CATEGORIES.length))
}

/** Mixed logits of all rows, and how many there are and the network was asked. */
const scoreAll = async (messages: readonly (readonly ScoredPart[])[], rowsOf: RowsOf, backend: Backend) => {
  const inputs = messages.flatMap((parts) => rowsOf(parts, MAX_ASKED.chat).map(({ input }) => input))
  // As the batcher does: rows of like length together.
  const asked = inputs
    .filter((input) => input.decidedBy === 'network')
    .toSorted((a, b) => a.ids.length - b.ids.length)
  for (let from = 0; from < asked.length; from += BATCH) await ask(asked.slice(from, from + BATCH), backend)
  return { rows: inputs.length, asked: asked.length }
}

/**
 * The linear stage, the tokenizer and the network one after the other, so on one core: messages a second once
 * their views are made, the share of rows that the network is asked, and the linear stage's own rows a second.
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
  const rowsOf = createRowsOf({ encode, window: artifact.window, linear })
  for (const { name, lines } of sets) {
    const messages = lines.map(partsOf)
    const seconds: number[] = []
    let counted = { rows: 0, asked: 0 }
    for (let run = 0; run < RUNS; run += 1) {
      const start = performance.now()
      counted = await scoreAll(messages, rowsOf, backend)
      seconds.push((performance.now() - start) / 1000)
    }
    const { rows, asked } = counted
    const note = `${(rows / lines.length).toFixed(2)} rows a message, windows of words among them`
    yield { name: `cascade.rate (${name})`, value: lines.length / median(seconds), unit: 'messages/s', note }
    yield { name: `cascade.passed_on (${name})`, value: (100 * asked) / rows, unit: '% of rows' }
    const texts = messages.flat().map(({ text }) => text)
    const rate = perSecond(texts.length, () => {
      for (const text of texts) linear.logits(text)
    })
    yield { name: `linear.rate (${name})`, value: rate, unit: 'rows/s' }
  }
}
