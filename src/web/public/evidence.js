import { el } from './dom.js'
import { t } from './language.js'

// When spans overlap the first of these gives the colour.
const SEVERITY = ['threat', 'hate', 'sexual', 'insult', 'profanity', 'abusive', 'mild']

const worst = (spans) =>
  SEVERITY.find((category) => spans.some((span) => span.category === category)) ?? 'abusive'

/**
 * Cuts a text where spans begin and end. Spans are half-open, in code points; what lies outside the text is
 * clamped. Gives pieces in order, each with the spans that cover it; joined they are the text again.
 */
export const cut = (text, spans) => {
  const points = Array.from(text)
  const clamp = (at) => Math.max(0, Math.min(points.length, at))
  const edges = spans.flatMap((span) => [clamp(span.start), clamp(span.end)])
  const cuts = [...new Set([0, ...edges, points.length])].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((start, at) => {
    const end = cuts[at + 1]
    return {
      text: points.slice(start, end).join(''),
      spans: spans.filter((span) => span.start < end && span.end > start),
    }
  })
}

const mark = (piece) => {
  const why = piece.spans.map((span) => `${t(span.category)} · ${t(`view_${span.view}`)}`)
  const title = [...new Set(why)].join('\n')
  return el('mark', { 'data-category': worst(piece.spans), title }, piece.text)
}

/** Text nodes and <mark> elements that together show the text as it was written. */
export const highlighted = (text, spans) =>
  cut(text, spans).map((piece) => (piece.spans.length === 0 ? piece.text : mark(piece)))

const EXCERPT = 240
const BEFORE = 24

/** The part of a long text in which the first span begins, with its spans; short texts as they are. */
export const excerptOf = (text, spans) => {
  const points = Array.from(text)
  if (points.length <= EXCERPT) return { text, spans }
  const first = Math.min(points.length, ...spans.map((span) => span.start))
  const from = Math.max(0, Math.min(first - BEFORE, points.length - EXCERPT))
  const lead = from === 0 ? '' : '…'
  const shift = lead.length - from
  return {
    text: `${lead}${points.slice(from, from + EXCERPT).join('')}`,
    spans: spans
      .filter((span) => span.end > from && span.start < from + EXCERPT)
      .map((span) => ({ ...span, start: Math.max(lead.length, span.start + shift), end: span.end + shift })),
  }
}

export const titleSpans = (line) => line.spans.filter((span) => span.view === 'title')
export const textSpans = (line) => line.spans.filter((span) => span.view !== 'title')
