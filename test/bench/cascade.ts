import { CATEGORIES } from '../../src/domain/verdict.js'
import type { Backend } from '../../src/model/backend.js'
import { calibrated } from '../../src/model/calibration.js'
import { type LinearModel, loadLinear } from '../../src/model/linear.js'
import { affine, columnOf, type Logits } from '../../src/model/logits.js'
import type { Artifact } from '../../src/model/manifest.js'
import { isIn } from '../../src/model/row-scorer.js'
import { createRowsOf, MAX_ASKED, type RowInput, type RowsOf } from '../../src/model/rows.js'
import type { SecondSection } from '../../src/model/second-section.js'
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

/** A second model that is warm. */
export interface BenchSecond {
  readonly section: SecondSection
  readonly backend: Backend
}

/** What is measured. */
export interface Cascade {
  readonly artifact: Artifact
  readonly encode: (text: MappedText) => Tokens
  readonly backend: Backend
  readonly second?: BenchSecond | undefined
}

interface Stages extends Pick<Cascade, 'artifact' | 'backend' | 'second'> {
  readonly rowsOf: RowsOf
}

interface Counted {
  readonly rows: number
  readonly asked: number
  readonly askedAgain: number
}

/** What is scored of a message, without the classifier's cache: recorded chat repeats itself. */
const partsOf = (text: string): readonly ScoredPart[] =>
  scoredParts(makeViews({ text, emotes: [], kind: 'chat' }).views)

/** Logits of rows of like length, which `backend` reads in batches. */
const logitsOf = async (rows: readonly Asked[], backend: Backend): Promise<readonly Logits[]> => {
  const all: Logits[] = []
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const { logits } = await backend.run(batchOf(batch.map(({ ids }) => Array.from(ids))))
    for (const row of batch.keys())
      all.push(logits.subarray(row * CATEGORIES.length, (row + 1) * CATEGORIES.length))
  }
  return all
}

/** Asks the second model about what the first leaves in doubt; gives how many rows that were. */
const askAgain = async (
  asked: readonly Asked[],
  mixed: readonly Logits[],
  { artifact, second }: Stages,
): Promise<number> => {
  if (second === undefined) return 0
  const { section, backend } = second
  const shares = columnOf(section.share)
  const doubtful = [...asked.keys()].filter((row) =>
    isIn(section.band, calibrated(mixed[row] ?? [], artifact.calibration)),
  )
  const rows = doubtful.flatMap((row) => asked[row] ?? [])
  for (const [index, logits] of (await logitsOf(rows, backend)).entries())
    affine(logits, shares, mixed[doubtful[index] ?? 0] ?? [])
  return rows.length
}

/** Mixed logits of all rows; how many there are, and how many each network was asked. */
const scoreAll = async (messages: readonly (readonly ScoredPart[])[], stages: Stages): Promise<Counted> => {
  const inputs = messages.flatMap((parts) => stages.rowsOf(parts, MAX_ASKED.chat).map(({ input }) => input))
  // As the batcher does: rows of like length together.
  const asked = inputs
    .filter((input) => input.decidedBy === 'network')
    .toSorted((a, b) => a.ids.length - b.ids.length)
  const logits = await logitsOf(asked, stages.backend)
  const mixed = asked.map(({ mix }, row) => mix(logits[row] ?? []))
  return {
    rows: inputs.length,
    asked: asked.length,
    askedAgain: await askAgain(asked, mixed, stages),
  }
}

async function* rates({ name, lines }: NamedLines, stages: Stages): AsyncGenerator<Figure> {
  const messages = lines.map(partsOf)
  const seconds: number[] = []
  let counted: Counted = { rows: 0, asked: 0, askedAgain: 0 }
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now()
    counted = await scoreAll(messages, stages)
    seconds.push((performance.now() - start) / 1000)
  }
  const { rows, asked, askedAgain } = counted
  const note = `${(rows / lines.length).toFixed(2)} rows a message, windows of words among them`
  yield { name: `cascade.rate (${name})`, value: lines.length / median(seconds), unit: 'messages/s', note }
  yield { name: `cascade.passed_on (${name})`, value: (100 * asked) / rows, unit: '% of rows' }
  if (stages.second !== undefined)
    yield { name: `cascade.second (${name})`, value: (100 * askedAgain) / rows, unit: '% of rows' }
}

const linearRate = ({ name, lines }: NamedLines, linear: LinearModel): Figure => {
  const texts = lines.flatMap(partsOf).map(({ text }) => text)
  const rate = perSecond(texts.length, () => {
    for (const text of texts) linear.logits(text)
  })
  return { name: `linear.rate (${name})`, value: rate, unit: 'rows/s' }
}

/**
 * The linear stage where there is one, the tokenizer, the network and a second one, one after the other, so on one
 * core: messages a second once their views are made, the share of rows that each network is asked, and the linear
 * stage's own rows a second.
 */
export async function* benchCascade(
  { artifact, encode, ...networks }: Cascade,
  sets: readonly NamedLines[],
): AsyncGenerator<Figure> {
  const linear = artifact.linear && (await loadLinear(artifact.linear))
  const rowsOf = createRowsOf({ encode, window: artifact.window, linear })
  for (const set of sets) {
    yield* rates(set, { artifact, rowsOf, ...networks })
    if (linear !== undefined) yield linearRate(set, linear)
  }
}
