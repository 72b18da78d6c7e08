import { kindOf, type Message } from './domain/message.js'
import { CATEGORIES } from './domain/verdict.js'
import {
  type ExplainedTerm,
  type ExplainedView,
  type ExplainedWindow,
  type Explanation,
  type Fired,
  marginOf,
  type RawPart,
} from './explanation.js'
import type { Judge, Judgement } from './judging.js'
import { type Classifier, type ScoredRow, winnersOf } from './model/classifier.js'
import type { ChannelLookup } from './policy/channels.js'
import type { FoundTerm } from './policy/terms.js'
import { isLoneLetter } from './text/lone-letter.js'
import type { MappedText, Range } from './text/mapped-text.js'
import { lostRanges, runsOf } from './text/offset-map.js'
import { renderText } from './text/special-tokens.js'
import { MAX_CODE_POINTS, type View } from './text/views.js'
import type { Tokens } from './text/wordpiece.js'

export interface Explainer {
  /** Rejects as the judge does. */
  explain(message: Message): Promise<Explanation>
}

export interface ExplainerOptions {
  readonly judge: Judge
  readonly classifier: Pick<Classifier, 'scoreRows'>
  readonly channels: ChannelLookup
  readonly encode: (text: MappedText) => Tokens
  readonly pieceOf: (id: number) => string
}

const rawPart = (raw: readonly string[], { start, end }: Range): RawPart => ({
  start,
  end,
  text: raw.slice(start, end).join(''),
})

const termOf = (raw: readonly string[], { term, span }: FoundTerm): ExplainedTerm => ({
  ...rawPart(raw, span),
  view: span.view,
  kind: term.kind,
  term: term.text,
  author: term.author,
})

/** How a view reads a range of the original. */
const readingOf = ({ codePoints, starts, ends }: MappedText, { start, end }: Range): string => {
  const isInside = (_: number, i: number): boolean =>
    (starts[i] ?? -1) >= start && (ends[i] ?? end + 1) <= end
  return renderText({
    codePoints: codePoints.filter(isInside),
    starts: starts.filter(isInside),
    ends: ends.filter(isInside),
  })
}

const windowsOf = (rows: readonly ScoredRow[], views: readonly View[]): readonly ExplainedWindow[] => {
  const winners = winnersOf(rows)
  return rows.map((row) => {
    const { of, range, scores } = row
    const view = views.find(({ name }) => name === of.view)
    return {
      view: of.view,
      part: of.part,
      ...range,
      text: view === undefined ? '' : readingOf(view.text, range).trim(),
      scores,
      decidedBy: row.decidedBy,
      won: CATEGORIES.filter((category) => winners?.[category] === row && scores[category] > 0),
    }
  })
}

const firedOf = (
  { scores, thresholds }: Pick<Judgement, 'scores' | 'thresholds'>,
  windows: readonly ExplainedWindow[],
): readonly Fired[] =>
  CATEGORIES.filter((category) => scores[category] >= thresholds[category]).map((category) => {
    const [score, threshold] = [scores[category], thresholds[category]]
    const row = windows.find(({ won, scores }) => won.includes(category) && scores[category] === score)
    const margin = marginOf(score, threshold)
    if (row === undefined) return { category, score, threshold, margin }
    const { scores: _scores, won: _won, ...window } = row
    return { category, score, threshold, margin, window }
  })

const viewOf = (
  { encode, pieceOf }: ExplainerOptions,
  raw: readonly string[],
  view: View,
  judged: View,
): ExplainedView => {
  const { ids, starts, ends } = encode(judged.text)
  return {
    name: view.name,
    text: renderText(view.text),
    ...(judged === view ? {} : { judged: renderText(judged.text) }),
    map: runsOf(view.text),
    lost: lostRanges(view.text, raw.length).map((range) => rawPart(raw, range)),
    tokens: ids.map((id, i) => ({ piece: pieceOf(id), start: starts[i] ?? 0, end: ends[i] ?? 0 })),
  }
}

/** Takes a judgement apart: the same stages again, step by step. */
export const createExplainer = (options: ExplainerOptions): Explainer => ({
  explain: async (message) => {
    const { judge, classifier, channels } = options
    const {
      verdict,
      scores,
      thresholds,
      spans,
      isTruncated,
      evidence = [],
      views,
      versions,
    } = await judge.message(message)
    const raw = Array.from(message.text)
    const kind = kindOf(message.source)
    const scope = { messageId: message.id, userId: message.author.id, atMs: message.sentAtMs }
    const ruled = channels(message.channel.id).rules.apply(views, scope)
    const windows = windowsOf(await classifier.scoreRows(ruled.views, kind), ruled.views)
    const judged = raw.slice(0, MAX_CODE_POINTS[kind])
    return {
      text: message.text,
      source: message.source,
      channelId: message.channel.id,
      userId: message.author.id,
      verdict,
      scores,
      thresholds,
      truncated: isTruncated,
      leftToUserWindow: ruled.views[0] !== undefined && isLoneLetter(ruled.views[0].text),
      fired: firedOf({ scores, thresholds }, windows),
      spans: spans.map(({ category, view, ...range }) => ({ ...rawPart(raw, range), category, view })),
      denied: ruled.denied.map((found) => termOf(raw, found)),
      allowed: ruled.allowed.map((found) => termOf(raw, found)),
      evidence,
      views: views.map((view, index) => viewOf(options, judged, view, ruled.views[index] ?? view)),
      windows,
      versions,
    }
  },
})
