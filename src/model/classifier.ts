import type { Category, Scores, ViewName } from '../domain/verdict.js'
import { isLoneLetter } from '../text/lone-letter.js'
import { type MappedText, rawRange } from '../text/mapped-text.js'
import { type ScoredPart, scoredParts } from '../text/scored-views.js'
import type { View } from '../text/views.js'
import type { Tokens } from '../text/wordpiece.js'
import type { Batcher } from './batcher.js'
import type { LinearModel } from './linear.js'
import type { Artifact } from './manifest.js'
import { perCategory } from './per-category.js'
import { createRowScorer, type DecidedBy, type NetworkAnswer, type RowAnswer } from './row-scorer.js'
import { windowsOf } from './windows.js'

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
  score(views: readonly View[]): Promise<Scored>
  /** The scores of which `score` takes the highest, in the order in which they win when they are equal. */
  scoreRows(views: readonly View[]): Promise<readonly ScoredRow[]>
  /** Each text on its own (its first window of tokens; 0 for a lone letter): what `evidence` asks. */
  scoreEach(texts: readonly MappedText[]): Promise<readonly Scores[]>
}

/** What the model is asked at once: all of a part's tokens, or as many as it takes. */
interface Row extends ScoredPart {
  readonly tokens: Tokens
}

export interface ScoredRow extends Row {
  readonly scores: Scores
  readonly decidedBy: DecidedBy
}

// A post's windows are handed over by so many: all at once could never enter a queue that is nearly full.
const ROWS_AT_ONCE = 64
const NOTHING: Scores = perCategory(() => 0)

/** Scores views with a model; of equal rows the network is asked once, and its answer is remembered. */
export function createClassifier(options: ClassifierOptions): Classifier {
  const { artifact, encode, onCache, onRows } = options
  const scoreRow = createRowScorer({ ...options, calibration: artifact.calibration })

  const rowsOf = (views: readonly View[]): readonly Row[] =>
    scoredParts(views).flatMap((part) =>
      windowsOf(encode(part.text), artifact.window).map((tokens) => ({ ...part, tokens })),
    )

  /** Each row's answer, counted by who gave it. */
  const answersOf = (rows: readonly Pick<Row, 'text' | 'tokens'>[]): readonly RowAnswer[] => {
    const answers = rows.map(({ text, tokens }) => scoreRow(text, tokens.ids))
    const asked = answers.filter(wasAsked).length
    if (asked > 0) onRows?.('network', asked)
    if (asked < rows.length) onRows?.('linear', rows.length - asked)
    return answers
  }

  const scoreAll = async (rows: readonly Row[]) => {
    const answers: RowAnswer[] = []
    const scores: Scores[] = []
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const found = answersOf(rows.slice(from, from + ROWS_AT_ONCE))
      answers.push(...found)
      scores.push(...(await Promise.all(found.map((each) => each.scores))))
    }
    return { answers, scores }
  }

  const score = async (views: readonly View[]): Promise<Scored> => {
    const rows = rowsOf(views)
    const { answers, scores } = await scoreAll(rows)
    const asked = answers.filter(wasAsked)
    const isKnown = !asked.some(({ isComputed }) => isComputed)
    if (asked.length > 0) onCache?.(isKnown ? 'hit' : 'miss')
    return { ...highest(rows, scores), cached: isKnown && (asked.length > 0 || rows.length === 0) }
  }

  const scoreRows = async (views: readonly View[]): Promise<readonly ScoredRow[]> => {
    const rows = rowsOf(views)
    const { answers, scores } = await scoreAll(rows)
    return rows.map((row, index) => ({
      ...row,
      scores: scores[index] ?? NOTHING,
      decidedBy: answers[index]?.decidedBy ?? 'network',
    }))
  }

  const scoreFirst = async (text: MappedText): Promise<Scores> => {
    if (isLoneLetter(text)) return NOTHING
    const [tokens] = windowsOf(encode(text), artifact.window)
    const [answer] = tokens ? answersOf([{ text, tokens }]) : []
    return answer?.scores ?? NOTHING
  }

  return { score, scoreRows, scoreEach: (texts) => Promise.all(texts.map(scoreFirst)) }
}

const wasAsked = (answer: RowAnswer): answer is NetworkAnswer => answer.decidedBy === 'network'

/** Of equal scores the first row's counts: views come in order of preference. */
function highest(rows: readonly Row[], scores: readonly Scores[]): Omit<Scored, 'cached'> {
  const winners = perCategory((category) =>
    scores.reduce((best, row, index) => (row[category] > (scores[best]?.[category] ?? 0) ? index : best), 0),
  )
  const [first] = rows
  if (!first) return { scores: NOTHING }
  return {
    scores: perCategory((category) => scores[winners[category]]?.[category] ?? 0),
    origins: perCategory((category) => originOf(rows[winners[category]] ?? first)),
  }
}

const originOf = ({ view, tokens }: Row): Origin => ({ view, ...rawRange(tokens) })
