import type { MessageKind } from '../domain/message.js'
import type { Category, Scores, ViewName } from '../domain/verdict.js'
import { isLoneLetter } from '../text/lone-letter.js'
import type { MappedText } from '../text/mapped-text.js'
import { type ScoredPart, scoredParts } from '../text/scored-views.js'
import type { View } from '../text/views.js'
import type { Tokens } from '../text/wordpiece.js'
import type { Batcher } from './batcher.js'
import type { LinearModel } from './linear.js'
import type { Artifact } from './manifest.js'
import { perCategory } from './per-category.js'
import { createRowScorer, type RowAnswer, type SecondOpinion } from './row-scorer.js'
import { createRowsOf, DECIDERS, type DecidedBy, MAX_ASKED, type Row } from './rows.js'

/** The window that gave a category its score: half-open, in code points of the original. */
export interface Origin {
  readonly view: ViewName
  readonly start: number
  readonly end: number
}

export interface Scored {
  readonly scores: Scores
  /** Absent when nothing was scored (no token, a lone letter): then every score is 0. */
  readonly origins?: Readonly<Record<Category, Origin>>
  /** All that networks were asked was remembered; also true of nothing to score, not of what nobody asked one. */
  readonly cached: boolean
}

export interface ClassifierOptions {
  readonly artifact: Pick<Artifact, 'calibration' | 'window'>
  readonly encode: (text: MappedText) => Tokens
  readonly batcher: Pick<Batcher, 'submit'>
  /** Rows (windows) remembered of each network. */
  readonly cacheSize: number
  /** Answers for what is plainly harmless, and has a share in the rest; absent where the artifact has none. */
  readonly linear?: LinearModel | undefined
  /** Asked what the network leaves in doubt; absent where there is no second model. */
  readonly second?: SecondOpinion | undefined
  /** One call a scored message of which the network was asked anything. */
  readonly onCache?: (result: 'hit' | 'miss') => void
  /** How many rows were scored, by who decided them; none where scoring failed. */
  readonly onRows?: (decidedBy: DecidedBy, rows: number) => void
}

export interface Classifier {
  /**
   * Maximum of each category over all views, each as a whole (in windows of tokens) and by windows of words;
   * rounded to 4 decimals. Waits while the batcher is full; else rejects as `Batcher.submit`.
   */
  score(views: readonly View[], kind: MessageKind): Promise<Scored>
  /** The scores of which `score` takes the highest, in the order in which they win when they are equal. */
  scoreRows(views: readonly View[], kind: MessageKind): Promise<readonly ScoredRow[]>
  /** Each text on its own (its first window of tokens; 0 for a lone letter): what `evidence` asks. */
  scoreEach(texts: readonly MappedText[]): Promise<readonly Scores[]>
}

export interface ScoredRow extends Row<ScoredPart>, RowAnswer {}

// What the network is asked of a post is handed over by so many rows: all at once could never enter a queue that
// is nearly full.
const ROWS_AT_ONCE = 64
const NOTHING: Scores = perCategory(() => 0)

/** Scores views with a model; of equal rows the network is asked once, and its answer is remembered. */
export function createClassifier(options: ClassifierOptions): Classifier {
  const { artifact, onCache, onRows } = options
  const rowsOf = createRowsOf({ ...options, window: artifact.window })
  const scoreRow = createRowScorer({ ...options, calibration: artifact.calibration })

  const count = (rows: readonly Pick<RowAnswer, 'decidedBy'>[]): void => {
    const counted = { linear: 0, network: 0, second: 0 }
    for (const { decidedBy } of rows) counted[decidedBy] += 1
    for (const decider of DECIDERS) if (counted[decider] > 0) onRows?.(decider, counted[decider])
  }

  // Most answers are there at once, and need no promise.
  const scoredRow = (row: Row<ScoredPart>): ScoredRow | Promise<ScoredRow> => {
    const answer = scoreRow(row.input)
    return answer instanceof Promise ? answer.then((late) => withAnswer(row, late)) : withAnswer(row, answer)
  }

  const scoreAll = async (views: readonly View[], kind: MessageKind): Promise<readonly ScoredRow[]> => {
    const rows = rowsOf(scoredParts(views), MAX_ASKED[kind])
    const scored: ScoredRow[] = []
    for (const some of chunksOf(rows)) scored.push(...(await Promise.all(some.map(scoredRow))))
    count(scored)
    return scored
  }

  const score = async (views: readonly View[], kind: MessageKind): Promise<Scored> => {
    const rows = await scoreAll(views, kind)
    const isKnown = !rows.some(({ isComputed }) => isComputed)
    const wasAsked = rows.some(isAsked)
    if (wasAsked) onCache?.(isKnown ? 'hit' : 'miss')
    return { ...highest(rows), cached: isKnown && (wasAsked || rows.length === 0) }
  }

  const scoreFirst = async (text: MappedText): Promise<Scores> => {
    if (isLoneLetter(text)) return NOTHING
    const [row] = rowsOf([{ text }], Number.POSITIVE_INFINITY)
    if (row === undefined) return NOTHING
    const answer = await scoreRow(row.input)
    count([answer])
    return answer.scores
  }

  return {
    score,
    scoreRows: scoreAll,
    scoreEach: (texts) => Promise.all(texts.map(scoreFirst)),
  }
}

const withAnswer = (
  { of, range, input }: Row<ScoredPart>,
  { decidedBy, isComputed, scores }: RowAnswer,
): ScoredRow => ({ of, range, input, decidedBy, isComputed, scores })

const isAsked = ({ input }: Row<unknown>): boolean => input.decidedBy === 'network'

/** In each the network is asked `ROWS_AT_ONCE` rows, in the last fewer. */
function chunksOf<Part>(rows: readonly Row<Part>[]): readonly (readonly Row<Part>[])[] {
  const chunks: (readonly Row<Part>[])[] = []
  let from = 0
  let asked = 0
  for (const [index, row] of rows.entries()) {
    if (!isAsked(row)) continue
    if (asked === ROWS_AT_ONCE) {
      chunks.push(rows.slice(from, index))
      from = index
      asked = 0
    }
    asked += 1
  }
  chunks.push(rows.slice(from))
  return chunks
}

/**
 * For each category the row whose score counts: the highest, of equal ones the first, since views come in order
 * of preference. Undefined when there is no row.
 */
export function winnersOf(rows: readonly ScoredRow[]): Readonly<Record<Category, ScoredRow>> | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  return perCategory((category) =>
    rows.reduce((best, row) => (row.scores[category] > best.scores[category] ? row : best), first),
  )
}

function highest(rows: readonly ScoredRow[]): Omit<Scored, 'cached'> {
  const winners = winnersOf(rows)
  if (winners === undefined) return { scores: NOTHING }
  return {
    scores: perCategory((category) => winners[category].scores[category]),
    origins: perCategory((category) => {
      const { of, range } = winners[category]
      return { view: of.view, ...range }
    }),
  }
}
