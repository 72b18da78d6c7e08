import { el } from './dom.js'
import { score } from './format.js'
import { t } from './language.js'

const KINDS = ['profanity', 'insult', 'hate', 'sexual', 'threat', 'mild']
const SHOWN_FROM = 0.1

const bar = (category, value) => {
  const fill = el('span', { class: 'fill' })
  fill.style.setProperty('--value', String(value))
  const track = el('span', { class: 'track', 'data-category': category }, fill)
  const label = el('span', { class: 'label' }, t(category))
  return el('span', { class: 'bar' }, label, track, el('span', { class: 'value' }, score(value)))
}

/** `abusive`, the decision, then the kinds of abuse that matter, strongest first; at most `most` bars. */
export const scoreBars = (scores, most) => {
  const kinds = KINDS.filter((kind) => scores[kind] >= SHOWN_FROM).sort((a, b) => scores[b] - scores[a])
  const shown = ['abusive', ...kinds].slice(0, most)
  return el('div', { class: 'bars' }, ...shown.map((category) => bar(category, scores[category])))
}

/** For each category the highest score over a case's lines. */
export const worstScores = (lines) => {
  const highest = (kind) => Math.max(0, ...lines.map((line) => line.scores[kind] ?? 0))
  return Object.fromEntries(['abusive', ...KINDS].map((kind) => [kind, highest(kind)]))
}
