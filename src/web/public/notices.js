import { byId, el } from './dom.js'
import { count } from './format.js'
import { t } from './language.js'

const TOAST_MS = 8000
const QUIET_MS = 5000
let hiding

/** For screen readers only. */
const announce = (words) => {
  byId('announcer').textContent = words
}

/** One line at the bottom, read out too; with a way back when `onUndo` is given. */
export const say = (words, onUndo) => {
  const box = byId('toast')
  const [text, undo] = box.children
  text.textContent = words
  undo.textContent = t('undo')
  undo.hidden = onUndo === undefined
  undo.onclick = onUndo ?? null
  box.hidden = false
  clearTimeout(hiding)
  hiding = setTimeout(() => {
    box.hidden = true
  }, TOAST_MS)
  announce(words)
}

let announcedAt = 0

/** A raid opens many cases: one of them is read out, then there is quiet for a while. */
export const announceCase = (item) => {
  if (Date.now() - announcedAt < QUIET_MS) return
  announcedAt = Date.now()
  announce(t('newCase', { name: item.user.name, channel: item.channel.name }))
}

export const showConnection = (state) => {
  const node = byId('connection')
  node.dataset.state = state
  node.textContent = t(state)
}

const counter = (name, value, extra) =>
  el(
    'div',
    {},
    el('dt', {}, name),
    el('dd', {}, count(value), ...(extra === undefined ? [] : [el('small', {}, extra)])),
  )

/** The line of numbers at the top; `stats` is what `/api/stats` answered. */
export const showCounters = (stats) => {
  const { stream, openCases } = stats
  const streamed =
    stream === undefined
      ? []
      : [
          counter(t('messages'), stream.consumed, t('perSecond', { rate: count(stream.perSecond) })),
          counter(t('flagged'), stream.flagged),
          counter(t('mildCount'), stream.mild),
          counter(t('deadLetters'), stream.deadLetters),
        ]
  byId('counters').replaceChildren(counter(t('openCases'), openCases), ...streamed)
  byId('version').textContent = `Haechi ${stats.version}`
  document.title = openCases === 0 ? 'Haechi' : `(${openCases}) Haechi`
}

/** What to do when there is nothing to show. */
export const emptyState = ({ isFiltered, isIdle }, onShowAll) => {
  if (!isFiltered) {
    return [
      el('img', { src: '/icon.svg', alt: '', width: 56, height: 56 }),
      el('h2', {}, t('emptyTitle')),
      el('p', {}, t('emptyText')),
      ...(isIdle ? [el('p', {}, t('emptyIdle'))] : []),
    ]
  }
  const showAll = el('button', { type: 'button', class: 'plain' }, t('showAll'))
  showAll.addEventListener('click', onShowAll)
  return [el('p', {}, t('emptyFilter')), showAll]
}
