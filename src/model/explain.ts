import type { Category, Scores, Span } from '../domain/verdict.js'
import type { MappedText } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import type { Classifier, Origin, Scored } from './classifier.js'
import type { Thresholds } from './judge.js'

/** A half-open range of the view's code points. */
interface Word {
  readonly start: number
  readonly end: number
}

/** Neighbouring words that are abusive on their own. */
interface Finding {
  readonly words: readonly Word[]
  readonly scores: Scores
}

/** Those of the parts that are abusive on their own. */
type FindAbusive = (parts: readonly (readonly Word[])[]) => Promise<readonly Finding[]>

// Every word and every pair of these is 23 rows; more words are halved first, at two rows a time.
const MAX_WORDS = 12
const SPECIFIC = ['profanity', 'insult', 'hate', 'sexual', 'threat'] as const

/**
 * The spans that made a flagged text abusive, sorted and disjoint: words that are abusive alone, else pairs of
 * neighbours that are, else the smallest part of the window that is. Scores at most about 30 rows for it.
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
  const window = windowText(view.text, origin)

  const findAbusive: FindAbusive = async (parts) => {
    const scores = await classifier.scoreEach(parts.map((words) => textOf(window, words)))
    return parts.flatMap((words, index) => {
      const found = scores[index]
      return found && found.abusive >= thresholds.abusive ? [{ words, scores: found }] : []
    })
  }
  const findings = await smallest(findAbusive, wordsOf(window))
  if (findings.length === 0) return [{ ...origin, category: categoryOf(scored.scores, thresholds) }]
  return merged(
    findings.map(({ words, scores }) => ({
      ...rawRange(textOf(window, words)),
      category: categoryOf(scores, thresholds),
      view: view.name,
    })),
  )
}

async function smallest(findAbusive: FindAbusive, words: readonly Word[]): Promise<readonly Finding[]> {
  const { rest, part } = await halved(findAbusive, words)
  const alone = await findAbusive(rest.map((word) => [word]))
  if (alone.length > 0) return alone
  const pairs = await findAbusive(pairsOf(rest))
  return pairs.length > 0 ? pairs : part
}

const pairsOf = (words: readonly Word[]): Word[][] =>
  words.slice(1).map((_, index) => words.slice(index, index + 2))

/** Follows the worse half down to few words; `rest` is empty when neither half is abusive without the other. */
async function halved(
  findAbusive: FindAbusive,
  words: readonly Word[],
  part: readonly Finding[] = [],
): Promise<{ readonly rest: readonly Word[]; readonly part: readonly Finding[] }> {
  if (words.length <= MAX_WORDS) return { rest: words, part }
  const middle = words.length >> 1
  // One word in both, so that no pair of neighbours is parted.
  const found = await findAbusive([words.slice(0, middle + 1), words.slice(middle)])
  const [worst] = found.toSorted((a, b) => b.scores.abusive - a.scores.abusive)
  return worst ? halved(findAbusive, worst.words, [worst]) : { rest: [], part }
}

/** The part of the view that came from the window's range of the original. */
function windowText(text: MappedText, { start, end }: Origin): MappedText {
  const from = Math.max(
    0,
    text.ends.findIndex((each) => each > start),
  )
  const to = text.starts.findLastIndex((each) => each < end) + 1
  return textOf(text, [{ start: from, end: to }])
}

function textOf({ codePoints, starts, ends }: MappedText, words: readonly Word[]): MappedText {
  const [from, to] = [words[0]?.start, words.at(-1)?.end]
  return {
    codePoints: codePoints.slice(from, to),
    starts: starts.slice(from, to),
    ends: ends.slice(from, to),
  }
}

const rawRange = ({ starts, ends }: MappedText) => ({ start: Math.min(...starts), end: Math.max(...ends) })

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

function wordsOf({ codePoints }: MappedText): Word[] {
  const out: Word[] = []
  let start = 0
  for (let index = 0; index <= codePoints.length; index++) {
    if (index < codePoints.length && codePoints[index] !== 32) continue
    if (index > start) out.push({ start, end: index })
    start = index + 1
  }
  return out
}
