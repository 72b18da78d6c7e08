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
import { createRowScorer } from './row-scorer.js'
import { createRowsOf, type DecidedBy, MAX_ASKED, type Row } from './rows.js'

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
  /** All that the network was asked was remembered; also true of nothing to score, not of what nobody asked it. */
  readonly cached: boolean
}

export interface ClassifierOptions {
  readonly artifact: Pick<Artifact, 'calibration' | 'window'>
  readonly encode: (text: MappedText) => Tokens
  readonly batcher: Pick<Batcher, 'submit'>
  /** Rows (windows) remembered. */
  readonly cacheSize: number
  /** Answers for what is plainly harmless, and has a share in the rest; absent where the artifact has none. */
  readonly linear?: LinearModel | undefined
  /** One call a scored message of which the network was asked anything. */
  readonly onCache?: (result: 'hit' | 'miss') => void
  /** How many rows were scored, by who decided them. */
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

export interface ScoredRow extends Row<ScoredPart> {
  readonly scores: Scores
}

// A post's windows are handed over by so many: all at once could never enter a queue that is nearly full.
const ROWS_AT_ONCE = 64
const NOTHING: Scores = perCategory(() => 0)

/** Scores views with a model; of equal rows the network is asked once, and its answer is remembered. */
export function createClassifier(options: ClassifierOptions): Classifier {
  const { artifact, onCache, onRows } = options
  const rowsOf = createRowsOf({ ...options, window: artifact.window })
  const scoreRow = createRowScorer({ ...options, calibration: artifact.calibration })

  /** Each row's answer, counted by who gave it. */
  const answersOf = (rows: readonly Pick<Row<unknown>, 'input'>[]) => {
    const asked = rows.filter(isAsked).length
    if (asked > 0) onRows?.('network', asked)
    if (asked < rows.length) onRows?.('linear', rows.length - asked)
    return rows.map(({ input }) => scoreRow(input))
  }

  const scoreAll = async (views: readonly View[], kind: MessageKind) => {
    const rows = rowsOf(scoredParts(views), MAX_ASKED[kind])
    const scored: ScoredRow[] = []
    let isKnown = true
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE)
      const answers = answersOf(some)
      if (answers.some(({ isComputed }) => isComputed)) isKnown = false
      const scores = await Promise.all(answers.map((each) => each.scores))
      scored.push(...some.map((row, index) => ({ ...row, scores: scores[index] ?? NOTHING })))
    }
    return { rows: scored, isKnown }
  }

  const score = async (views: readonly View[], kind: MessageKind): Promise<Scored> => {
    const { rows, isKnown } = await scoreAll(views, kind)
    const wasAsked = rows.some(isAsked)
    if (wasAsked) onCache?.(isKnown ? 'hit' : 'miss')
    return { ...highest(rows), cached: isKnown && (wasAsked || rows.length === 0) }
  }

  const scoreFirst = async (text: MappedText): Promise<Scores> => {
    if (isLoneLetter(text)) return NOTHING
    const [answer] = answersOf(rowsOf([{ text }], Number.POSITIVE_INFINITY).slice(0, 1))
    return answer?.scores ?? NOTHING
  }

  return {
    score,
    scoreRows: async (views, kind) => (await scoreAll(views, kind)).rows,
    scoreEach: (texts) => Promise.all(texts.map(scoreFirst)),
  }
}

const isAsked = ({ input }: Pick<Row<unknown>, 'input'>): boolean => input.decidedBy === 'network'

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
      const { view, range } = winners[category]
      return { view, ...range }
    }),
  }
}
