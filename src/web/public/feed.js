import { fitActions, showActions, takeInput } from './actions.js'
import { fetchCases, fetchStats } from './api.js'
import { showCase } from './case-view.js'
import { leaveChannels, openChannels, showChannels } from './channels.js'
import { createDecisions } from './decisions.js'
import { batched, byId } from './dom.js'
import { bindKeys, showKeys } from './keys.js'
import { switchLanguage, t, translatePage } from './language.js'
import { createList } from './list.js'
import * as models from './model.js'
import { announceCase, emptyState, showConnection, showCounters } from './notices.js'
import { connect } from './stream.js'

const LIST_LIMIT = 1000
const STATS_MS = 2000
const TIMES_MS = 15_000
// Events carry every change; a list now and then mends what a lost event would leave behind.
const RELOAD_MS = 60_000

const model = models.createModel()
const connection = { state: 'connecting' }
let stats
let shownIds = []
let shownCase

const select = (id, { open = false } = {}) => {
  model.selectedId = id
  if (open) document.body.dataset.pane = 'detail'
  render.now()
  list.reveal(id)
  // Where the case lies over the list, the list must not keep the focus.
  if (open && byId('back').offsetParent !== null) byId('back').focus()
}

const list = createList(byId('list'), (id) => select(id, { open: true }))

const showDetail = () => {
  const item = model.cases.get(model.selectedId)
  byId('detail').hidden = item === undefined
  if (item === undefined) delete document.body.dataset.pane
  if (item === undefined || item === shownCase) return
  fitActions(item)
  showCase(byId('case'), item)
  if (item.id !== shownCase?.id) byId('case').scrollTop = 0
  shownCase = item
}

const showEmpty = (isEmpty) => {
  byId('empty').hidden = !isEmpty
  byId('list').hidden = isEmpty
  if (!isEmpty) return
  const isFiltered = model.filter.state !== 'open' || model.filter.channel !== ''
  const isIdle = stats?.stream?.consumed === 0
  byId('empty').replaceChildren(
    ...emptyState({ isFiltered, isIdle }, () => filter({ state: 'open', channel: '' })),
  )
}

const renderNow = () => {
  const shown = models.visibleCases(model)
  models.settleSelection(model, shownIds, shown)
  shownIds = shown.map((item) => item.id)
  list.show(shown, model.selectedId)
  showEmpty(shown.length === 0)
  showChannels(model)
  showDetail()
}

const render = Object.assign(batched(renderNow), { now: renderNow })
const decisions = createDecisions(model, render)

const reload = async () => {
  const { filter } = model
  models.beginList(model)
  try {
    const { cases } = await fetchCases(filter, LIST_LIMIT)
    if (filter === model.filter) models.putList(model, cases)
    render()
  } catch {
    // The server is away; the stream says so on the page and reloads when it is back.
  }
}

const refreshStats = async () => {
  try {
    stats = await fetchStats()
    for (const channel of stats.channels) model.channels.set(channel.id, channel.name)
    showCounters(stats)
    render()
  } catch {
    // As above.
  }
}

const filter = (change) => {
  models.setFilter(model, change)
  for (const radio of document.querySelectorAll('input[name=state]')) {
    radio.checked = radio.value === model.filter.state
  }
  byId('channel').value = model.filter.channel
  render()
  void reload()
}

const selectedCase = () => model.cases.get(model.selectedId)

const decide = (decision) => {
  const item = selectedCase()
  if (item !== undefined && ['open', 'claimed'].includes(item.state))
    decisions.decide(item, takeInput(decision))
}

const showWords = () => {
  translatePage()
  byId('language').textContent = t('language')
  byId('language').ariaLabel = t('languageLabel')
  showConnection(connection.state)
  showKeys()
  showActions({ onDecide: decide, onUndoCase: () => void decisions.undoCase(selectedCase()) })
  if (stats !== undefined) showCounters(stats)
  list.forget()
  shownCase = undefined
  render.now()
}

const leave = () => {
  document.activeElement?.blur()
  delete document.body.dataset.pane
}

byId('language').addEventListener('click', () => {
  switchLanguage()
  showWords()
})
byId('help-open').addEventListener('click', () => byId('help').showModal())
byId('back').addEventListener('click', leave)
byId('actions').addEventListener('submit', (event) => event.preventDefault())
byId('channel').addEventListener('change', (event) => {
  filter({ channel: event.target.value })
  leaveChannels()
})
for (const radio of document.querySelectorAll('input[name=state]')) {
  radio.addEventListener('change', () => filter({ state: radio.value }))
}

bindKeys({
  move: (step) => {
    models.moveSelection(model, step)
    select(model.selectedId)
  },
  decide,
  undo: () => void decisions.undo(),
  focusChannel: openChannels,
  focusNote: () => byId('note').focus(),
  help: () => byId('help').showModal(),
  leave,
})

showWords()
connect({
  onOpen: reload,
  onState: (state) => {
    connection.state = state
    showConnection(state)
  },
  onEvent: (event) => {
    models.putCase(model, event.case)
    if (event.kind === 'opened' && event.case.state === 'open') {
      announceCase(event.case)
    }
    render()
  },
})
void refreshStats()
setInterval(refreshStats, STATS_MS)
setInterval(() => list.refreshTimes(), TIMES_MS)
setInterval(reload, RELOAD_MS)
