import type { Category, Scores, Span } from '../domain/verdict.js'
import { type MappedText, rawRange, slice } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import { wordWindows } from '../text/word-windows.js'
import type { Classifier, Origin, Scored } from './classifier.js'
import type { Thresholds } from './judge.js'

/** A half-open range of the view's code points. */
interface Word {
  readonly start: number
  readonly end: number
}

/** A text that is abusive on its own. */
interface Finding {
  readonly text: MappedText
  readonly scores: Scores
}

/** Those of the texts that are abusive on their own, each with its scores. */
type FindAbusive = (texts: readonly MappedText[]) => Promise<readonly Finding[]>

/** Of a window of words; of one of tokens that says more only together, the words are not asked. */
const MAX_WORDS = 4
/** Windows searched word by word, the worst first. */
const MAX_WINDOWS = 3
const SPECIFIC = ['profanity', 'insult', 'hate', 'sexual', 'threat'] as const

/**
 * The spans that made a flagged text abusive, sorted and disjoint: words that are abusive alone, else pairs of
 * neighbours that are, else the window of words that is, else the window of tokens. Of the window that won
 * only: the rest of the text is not searched.
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
  const spanOf = ({ text, scores }: Finding): Span => ({
    ...rawRange(text),
    category: categoryOf(scores, thresholds),
    view: view.name,
  })

  const findAbusive: FindAbusive = async (texts) => {
    const scores = await classifier.scoreEach(texts)
    return texts.flatMap((text, index) => {
      const found = scores[index]
      return found && found.abusive >= thresholds.abusive ? [{ text, scores: found }] : []
    })
  }
  const won = windowText(view.text, origin)
  const worst = await worstWindows(findAbusive, { text: won, scores: scored.scores })
  const findings = await Promise.all(worst.map((finding) => smallest(findAbusive, finding)))
  return merged(findings.flat().map(spanOf))
}

/** The windows of words in a window of tokens; the whole of it when none is abusive, or it has none. */
async function worstWindows(findAbusive: FindAbusive, won: Finding): Promise<readonly Finding[]> {
  const found = await findAbusive(wordWindows(won.text))
  const worst = found.toSorted((a, b) => b.scores.abusive - a.scores.abusive).slice(0, MAX_WINDOWS)
  return worst.length > 0 ? worst : [won]
}

async function smallest(findAbusive: FindAbusive, window: Finding): Promise<readonly Finding[]> {
  const words = wordsOf(window.text)
  if (words.length > MAX_WORDS) return [window]
  const alone = await findAbusive(words.map((word) => textOf(window.text, [word])))
  if (alone.length > 0) return alone
  const pairs = await findAbusive(pairsOf(words).map((pair) => textOf(window.text, pair)))
  return pairs.length > 0 ? pairs : [window]
}

const pairsOf = (words: readonly Word[]): Word[][] =>
  words.slice(1).map((_, index) => words.slice(index, index + 2))

/** The part of the view that came from the window's range of the original. */
function windowText(text: MappedText, { start, end }: Origin): MappedText {
  const from = Math.max(
    0,
    text.ends.findIndex((each) => each > start),
  )
  const to = text.starts.findLastIndex((each) => each < end) + 1
  return slice(text, from, to)
}

const textOf = (text: MappedText, words: readonly Word[]): MappedText =>
  slice(text, words[0]?.start ?? 0, words.at(-1)?.end ?? 0)

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
