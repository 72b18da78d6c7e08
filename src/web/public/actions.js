import { byId, el } from './dom.js'
import { duration } from './format.js'
import { t } from './language.js'

/** Key and decision of each button, the gentle ones first. */
export const ACTIONS = [
  ['d', 'dismiss'],
  ['a', 'allow'],
  ['w', 'warn'],
  ['x', 'delete'],
  ['t', 'timeout'],
  ['b', 'ban'],
  ['e', 'escalate'],
]

// These would reach into the chat, and are only recorded for now.
const DRY_RUN = new Set(['warn', 'delete', 'timeout', 'ban'])

const TIMEOUTS = [60, 600, 3_600, 86_400, 604_800]
const DEFAULT_TIMEOUT = 600

const button = (key, decision, onPress) => {
  const label = DRY_RUN.has(decision) ? `${t(decision)} (${t('dryRun')})` : t(decision)
  const node = el(
    'button',
    {
      type: 'button',
      'data-decision': decision,
      'aria-label': label,
      title: label,
      'aria-keyshortcuts': key,
    },
    t(decision),
    ...(key === undefined ? [] : [el('kbd', {}, key)]),
  )
  node.addEventListener('click', onPress)
  return node
}

/** Fills the action bar in the current language; what was chosen stays. */
export const showActions = ({ onDecide, onUndoCase }) => {
  const undo = button(undefined, 'undo', onUndoCase)
  undo.classList.add('undo')
  byId('buttons').replaceChildren(
    ...ACTIONS.map(([key, decision]) => button(key, decision, () => onDecide(decision))),
    undo,
  )
  const seconds = byId('seconds')
  const chosen = Number(seconds.value) || DEFAULT_TIMEOUT
  seconds.replaceChildren(...TIMEOUTS.map((value) => el('option', { value }, duration(value))))
  seconds.value = String(chosen)
}

/** Fits the action bar to the case: what its state allows, and what is suggested. */
export const fitActions = (item) => {
  byId('actions').dataset.state = item.state
  for (const node of byId('buttons').children) {
    node.classList.toggle('suggested', node.dataset.decision === item.suggestion)
  }
}

/** What the moderator chose for `decision`; the note is used up. */
export const takeInput = (decision) => {
  const note = byId('note').value.trim()
  byId('note').value = ''
  return {
    decision,
    ...(note === '' ? {} : { note }),
    ...(decision === 'timeout' ? { seconds: Number(byId('seconds').value) } : {}),
  }
}
