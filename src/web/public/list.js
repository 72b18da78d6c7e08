import { el, nameOf } from './dom.js'
import { excerptOf, highlighted, textSpans, titleSpans } from './evidence.js'
import { ago, strikes } from './format.js'
import { t } from './language.js'
import { scoreBars, worstScores } from './scores.js'

const rowId = (caseId) => `row-${caseId}`

const chip = (item) => {
  const kind = item.decision?.kind ?? item.suggestion
  return el('span', { class: 'chip', 'data-decision': kind }, t(kind))
}

const excerpt = (line) => {
  if (line === undefined) return el('p', { class: 'excerpt' })
  const title = titleSpans(line).length > 0 ? [...highlighted(line.title ?? '', titleSpans(line)), ' — '] : []
  const { text, spans } = excerptOf(line.text, textSpans(line))
  return el('p', { class: 'excerpt', dir: 'auto' }, ...title, ...highlighted(text, spans))
}

const createRow = (item) => {
  const time = el('time', { datetime: item.updatedAt }, ago(item.updatedAt))
  const head = [nameOf(item.user.name, 'user'), nameOf(item.channel.name, 'channel-name'), time]
  const strikesText = el('span', { class: 'strikes' }, t('strikesOf', { value: strikes(item.strikes) }))
  return el(
    'div',
    { class: 'row', role: 'option', 'aria-selected': false, id: rowId(item.id), 'data-id': item.id },
    el('div', { class: 'row-head' }, ...head),
    excerpt(item.lines[0]),
    el('div', { class: 'row-foot' }, scoreBars(worstScores(item.lines), 2), strikesText, chip(item)),
  )
}

/** Shows cases as rows in the given order; a row is made again only when its case changed. */
export const createList = (container, onSelect) => {
  let rows = new Map()

  container.addEventListener('click', (event) => {
    const row = event.target.closest('.row')
    if (row !== null) onSelect(row.dataset.id)
  })

  const rowOf = (item) => {
    const known = rows.get(item.id)
    if (known?.item === item) return known
    const node = createRow(item)
    // Only what comes while someone looks is pointed out.
    node.classList.toggle('fresh', rows.size > 0)
    return { item, node }
  }

  const select = (selectedId) => {
    for (const node of container.querySelectorAll('[aria-selected=true]')) node.ariaSelected = 'false'
    const row = rows.get(selectedId)
    if (row === undefined) return container.removeAttribute('aria-activedescendant')
    row.node.ariaSelected = 'true'
    container.setAttribute('aria-activedescendant', rowId(selectedId))
  }

  return {
    show(items, selectedId) {
      const next = new Map(items.map((item) => [item.id, rowOf(item)]))
      for (const [id, row] of rows) if (next.get(id) !== row) row.node.remove()
      rows = next
      let place = container.firstElementChild
      for (const { node } of rows.values()) {
        if (node === place) place = place.nextElementSibling
        else container.insertBefore(node, place)
      }
      select(selectedId)
    },
    reveal(selectedId) {
      rows.get(selectedId)?.node.scrollIntoView({ block: 'nearest' })
    },
    /** After a change of language every row is made again. */
    forget() {
      rows = new Map()
      container.replaceChildren()
    },
    refreshTimes() {
      for (const node of container.querySelectorAll('time')) node.textContent = ago(node.dateTime)
    },
  }
}
