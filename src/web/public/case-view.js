import { el, nameOf } from './dom.js'
import { highlighted, textSpans, titleSpans } from './evidence.js'
import { clock, score, strikes } from './format.js'
import { t } from './language.js'
import { scoreBars } from './scores.js'

const MARGIN_PX = 48

const fact = (name, ...value) => el('div', {}, el('dt', {}, name), el('dd', {}, ...value))

const found = (line) =>
  line.spans.map((span) =>
    el(
      'li',
      {},
      el('span', { class: 'swatch', 'data-category': span.category }),
      `${t(span.category)} · ${t(`view_${span.view}`)} · ${t('points', { start: span.start + 1, end: span.end })}`,
    ),
  )

const allScores = (scores) =>
  Object.entries(scores)
    .map(([category, value]) => `${t(category)} ${score(value)}`)
    .join(' · ')

const why = (line, isOpen) =>
  el(
    'details',
    { 'data-message': line.messageId, ...(isOpen ? { open: '' } : {}) },
    el('summary', {}, t('why')),
    el(
      'dl',
      { class: 'why' },
      fact(t('firedIn'), el('ul', {}, ...found(line))),
      ...(line.reasons.length === 0 ? [] : [fact(t('reasons'), line.reasons.join(' · '))]),
      fact(t('scores'), allScores(line.scores)),
      fact(t('message'), el('code', {}, line.messageId)),
    ),
  )

const fragments = (line) =>
  (line.fragments ?? []).length === 0
    ? []
    : [el('p', { class: 'fragments' }, `${t('earlier')}: `, el('bdi', {}, line.fragments.join(' ⏎ ')))]

const chip = ({ filter, value, limit, detail }) => {
  const measured = t('filterMeasured', { value, limit })
  const what = filter === 'repetition' ? t(`repeated_${detail}`) : detail
  const why = what === undefined ? measured : `${measured} · ${what}`
  return el('span', { class: 'chip', 'data-filter': filter, title: why }, t(`filter_${filter}`))
}

const filters = (line) =>
  line.evidence === undefined ? [] : [el('p', { class: 'filters' }, ...line.evidence.map(chip))]

const title = (line) =>
  line.title === undefined
    ? []
    : [el('h3', { class: 'post-title', dir: 'auto' }, ...highlighted(line.title, titleSpans(line)))]

const evidenceLine = (line, isOpen) =>
  el(
    'article',
    { class: 'line' },
    el(
      'div',
      { class: 'said' },
      ...fragments(line),
      ...title(line),
      el('p', { class: 'text', dir: 'auto' }, ...highlighted(line.text, textSpans(line))),
      ...filters(line),
      el('time', { datetime: line.sentAt }, clock(line.sentAt)),
    ),
    scoreBars(line.scores, 4),
    why(line, isOpen),
  )

const header = (item) =>
  el(
    'header',
    { class: 'case-head' },
    el(
      'div',
      {},
      el('h2', {}, nameOf(item.user.name)),
      el('p', { class: 'where' }, nameOf(item.channel.name, 'channel-name'), el('code', {}, item.user.id)),
    ),
    el(
      'dl',
      { class: 'case-facts' },
      fact(t('strikes'), el('strong', {}, strikes(item.strikes))),
      item.decision === undefined
        ? fact(
            t('suggested'),
            el('span', { class: 'chip', 'data-decision': item.suggestion }, t(item.suggestion)),
          )
        : fact(
            t('decision'),
            el('span', { class: 'chip', 'data-decision': item.decision.kind }, t(item.decision.kind)),
          ),
      fact(t('opened'), el('time', { datetime: item.openedAt }, clock(item.openedAt))),
    ),
  )

const versions = (item) =>
  el(
    'p',
    { class: 'versions' },
    `${t('madeBy')}: `,
    ...Object.entries(item.versions).flatMap(([name, version], at) => [
      ...(at === 0 ? [] : [' · ']),
      `${name} `,
      el('code', {}, version),
    ]),
  )

// A board post may be long and its evidence far down.
const showFirstMark = (text) => {
  const mark = text.querySelector('mark')
  if (mark !== null && text.scrollHeight > text.clientHeight) text.scrollTop = mark.offsetTop - MARGIN_PX
}

/** Shows one case with all its evidence; parts that were unfolded stay so while it changes. */
export const showCase = (container, item) => {
  const unfolded = new Set(
    [...container.querySelectorAll('details[open]')].map((node) => node.dataset.message),
  )
  container.replaceChildren(
    header(item),
    ...item.lines.map((line) => evidenceLine(line, unfolded.has(line.messageId))),
    versions(item),
  )
  for (const text of container.querySelectorAll('.text')) showFirstMark(text)
}
