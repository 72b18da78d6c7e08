import { setTimeout as sleep } from 'node:timers/promises'
import type { Category, Scores, ViewName } from '../domain/verdict.js'
import { BatcherFullError } from '../errors.js'
import { isLoneLetter } from '../text/lone-letter.js'
import { type MappedText, rawRange } from '../text/mapped-text.js'
import { type ScoredPart, scoredParts } from '../text/scored-views.js'
import type { View } from '../text/views.js'
import type { Tokens } from '../text/wordpiece.js'
import type { Batcher } from './batcher.js'
import type { Artifact, Calibration } from './manifest.js'
import { perCategory } from './per-category.js'
import { createRowCache } from './row-cache.js'
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
  /** Nothing had to be computed. */
  readonly cached: boolean
}

export interface ClassifierOptions {
  readonly artifact: Pick<Artifact, 'calibration' | 'window'>
  readonly encode: (text: MappedText) => Tokens
  readonly batcher: Pick<Batcher, 'submit'>
  /** Rows (windows) remembered. */
  readonly cacheSize: number
  /** One call a scored message. */
  readonly onCache?: (result: 'hit' | 'miss') => void
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
interface Row extends Omit<ScoredPart, 'text'> {
  readonly tokens: Tokens
}

export interface ScoredRow extends Row {
  readonly scores: Scores
}

// A post's windows are handed over by so many: all at once could never enter a queue that is nearly full.
const ROWS_AT_ONCE = 64
/** A full batcher has room again within milliseconds. */
const ROOM_AFTER_MS = 5
const NOTHING: Scores = perCategory(() => 0)

/** Scores views with a model; equal rows are computed once and remembered. */
export function createClassifier(options: ClassifierOptions): Classifier {
  const { artifact, encode, batcher, cacheSize, onCache } = options
  const cache = createRowCache<Scores>(cacheSize)

  const submit = async (ids: ArrayLike<number>): Promise<Float32Array> => {
    for (;;) {
      try {
        return await batcher.submit(ids)
      } catch (error) {
        if (!(error instanceof BatcherFullError)) throw error
        await sleep(ROOM_AFTER_MS)
      }
    }
  }

  const scoreRow = ({ ids }: Tokens) =>
    cache.get(ids, async () => calibrated(await submit(ids), artifact.calibration))

  const rowsOf = (views: readonly View[]): readonly Row[] =>
    scoredParts(views).flatMap(({ text, ...row }) =>
      windowsOf(encode(text), artifact.window).map((tokens) => ({ ...row, tokens })),
    )

  const scoreAll = async (rows: readonly Row[]) => {
    const scores: Scores[] = []
    let cached = true
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const found = rows.slice(from, from + ROWS_AT_ONCE).map(({ tokens }) => scoreRow(tokens))
      cached &&= found.every(({ isHit }) => isHit)
      scores.push(...(await Promise.all(found.map(({ value }) => value))))
    }
    return { scores, cached }
  }

  const score = async (views: readonly View[]): Promise<Scored> => {
    const rows = rowsOf(views)
    const { scores, cached } = await scoreAll(rows)
    if (rows.length > 0) onCache?.(cached ? 'hit' : 'miss')
    return { ...highest(rows, scores), cached }
  }

  const scoreRows = async (views: readonly View[]): Promise<readonly ScoredRow[]> => {
    const rows = rowsOf(views)
    const { scores } = await scoreAll(rows)
    return rows.map((row, index) => ({ ...row, scores: scores[index] ?? NOTHING }))
  }

  const scoreFirst = async (text: MappedText): Promise<Scores> => {
    if (isLoneLetter(text)) return NOTHING
    const [first] = windowsOf(encode(text), artifact.window)
    return first ? scoreRow(first).value : NOTHING
  }

  return { score, scoreRows, scoreEach: (texts) => Promise.all(texts.map(scoreFirst)) }
}

function calibrated(logits: Float32Array, calibration: Calibration): Scores {
  return perCategory((category, index) => {
    const { scale, bias } = calibration[category]
    const probability = 1 / (1 + Math.exp(-(scale * (logits[index] ?? 0) + bias)))
    return Math.round(probability * 10_000) / 10_000
  })
}

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
