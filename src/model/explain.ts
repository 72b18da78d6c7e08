import type { Category, Scores, Span } from '../domain/verdict.js'
import { type MappedText, type Range, rawRange } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import { wordWindows } from '../text/word-windows.js'
import type { Classifier, Scored } from './classifier.js'
import type { Thresholds } from './judge.js'
import { perCategory } from './per-category.js'
import { partOf, type Run, runsOf, touches, withNeighbours } from './word-runs.js'

/** A run that is abusive alone, and without which its text is not. */
interface Reason {
  readonly run: Run
  readonly alone: Scores
}

interface Search {
  /** The highest scores of the texts. */
  readonly highestOf: (texts: readonly MappedText[]) => Promise<Scores>
  readonly thresholds: Thresholds
}

/** Words on each side of a window: what is left of it may still be abusive with them. */
const NEIGHBOURS = 2
/** With longer words around it, a window is searched alone. */
const MAX_AROUND = 64
/** Words that the model reads together: what is abusive further apart is two spans. */
const MAX_WORDS = 4
/** Runs asked of all windows, the smallest of each first: a window of words and its neighbours has 22, a Latin one 42. */
const MAX_RUNS = 42
/** Windows searched, the worst first. */
const MAX_WINDOWS = 3
const SPECIFIC = ['profanity', 'insult', 'hate', 'sexual', 'threat'] as const

/**
 * The spans that made a flagged text abusive, sorted and disjoint, most often one: of the window that won the
 * fewest neighbouring words that are abusive alone, and without which it and the words around it are not; of
 * equally many those that take most off the score. Of a single word, its letters. Where there are none the window
 * itself; the rest of the text is not searched. Leave-one-out (Li, Monroe and Jurafsky 2016,
 * https://arxiv.org/abs/1612.08220), but half of what is abusive only together is no reason.
 */
export async function evidence(
  classifier: Pick<Classifier, 'scoreEach'>,
  views: readonly View[],
  scored: Scored,
  thresholds: Thresholds,
): Promise<readonly Span[]> {
  const origin = scored.origins?.abusive
  const view = views.find(({ name }) => name === origin?.view)
  if (!origin || !view) return []
  const highestOf: Search['highestOf'] = async (texts) => {
    const scores = await classifier.scoreEach(texts)
    return perCategory((category) => Math.max(0, ...scores.map((each) => each[category])))
  }
  const reasons = await reasonsFor({ highestOf, thresholds }, view.text, origin)
  const spanOf = ({ start, end }: Range, scores: Scores): Span => ({
    start,
    end,
    category: categoryOf(scores, thresholds),
    view: view.name,
  })
  if (reasons.length === 0) return [spanOf(origin, scored.scores)]
  return merged(reasons.map(({ run, alone }) => spanOf(rawRange(run.text), alone)))
}

async function reasonsFor(search: Search, text: MappedText, origin: Range): Promise<readonly Reason[]> {
  const windows = await worstWindows(search, text, origin)
  const maxRuns = Math.floor(MAX_RUNS / windows.length)
  const reasons = await Promise.all(
    windows.map((window) => {
      const around = withNeighbours(text, window, NEIGHBOURS)
      const place = around.codePoints.length > MAX_AROUND ? window : around
      return reasonsIn(search, place, { window: rawRange(window), maxRuns })
    }),
  )
  return reasons.flat()
}

/** The view's windows of words in the one that won that are abusive alone; the one that won when none is. */
async function worstWindows(
  { highestOf, thresholds }: Search,
  text: MappedText,
  origin: Range,
): Promise<readonly MappedText[]> {
  const isInside = ({ start, end }: Range): boolean => start >= origin.start && end <= origin.end
  const inside = wordWindows(text).filter((window) => isInside(rawRange(window)))
  // All of them were asked for the verdict: they are remembered.
  const windows = await Promise.all(
    inside.map(async (window) => ({ window, score: (await highestOf([window])).abusive })),
  )
  const worst = windows
    .filter(({ score }) => score >= thresholds.abusive)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MAX_WINDOWS)
  return worst.length > 0 ? worst.map(({ window }) => window) : [partOf(text, origin)]
}

/** One, or the fewest words that are abusive alone where the text still is without each run. */
async function reasonsIn(
  { highestOf, thresholds }: Search,
  text: MappedText,
  { window, maxRuns }: { readonly window: Range; readonly maxRuns: number },
): Promise<readonly Reason[]> {
  const isAbusive = ({ abusive }: Scores): boolean => abusive >= thresholds.abusive
  const highestIn = (each: MappedText): Promise<Scores> => highestOf([...wordWindows(each), each])
  const runs = runsOf(text, MAX_WORDS).filter((run) => touches(run.text, window))
  const asked = await Promise.all(
    runs.slice(0, maxRuns).map(async (run) => {
      const [alone, left] = await Promise.all([highestOf([run.text]), highestIn(run.rest)])
      return { run, alone, left }
    }),
  )
  const abusive = asked.filter(({ alone }) => isAbusive(alone))
  const [best] = abusive
    .filter(({ left }) => !isAbusive(left))
    .toSorted(
      (a, b) =>
        a.run.size - b.run.size ||
        a.left.abusive - b.left.abusive ||
        a.run.text.codePoints.length - b.run.text.codePoints.length,
    )
  return best ? [best] : abusive.filter(({ run }) => run.size === abusive[0]?.run.size)
}

/** The specific category with the highest score, if that reaches its own threshold. */
function categoryOf(scores: Scores, thresholds: Thresholds): Category {
  const best = SPECIFIC.reduce((a, b) => (scores[b] > scores[a] ? b : a))
  return scores[best] >= thresholds[best] ? best : 'abusive'
}

/** Overlapping spans become one, with the category of the first. */
function merged(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1)
    if (last && span.start < last.end) out[out.length - 1] = { ...last, end: Math.max(last.end, span.end) }
    else out.push(span)
  }
  return out
}
