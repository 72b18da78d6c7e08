import { ACTIONS } from './actions.js'
import { byId, el } from './dom.js'
import { t } from './language.js'

const isTyping = (node) => node.closest('input:not([type=radio]), select, textarea') !== null

/**
 * The key that was meant. With a Korean input method on, `j` arrives as `ㅓ` or `Process`: then the place of
 * the key on the keyboard says it.
 */
const meant = (event) => {
  if (/^[ -~]$/.test(event.key)) return event.key.toLowerCase()
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase()
  if (event.code === 'Slash') return event.shiftKey ? '?' : '/'
  return event.key
}

/** Binds the page's keys; they rest while someone types, holds a modifier or reads the help. */
export const bindKeys = (commands) => {
  const decisions = ACTIONS.map(([key, decision]) => [key, () => commands.decide(decision)])
  const bindings = new Map([
    ['j', () => commands.move(1)],
    ['ArrowDown', () => commands.move(1)],
    ['k', () => commands.move(-1)],
    ['ArrowUp', () => commands.move(-1)],
    ['u', commands.undo],
    ['/', commands.focusChannel],
    ['n', commands.focusNote],
    ['?', commands.help],
    ['Escape', commands.leave],
    ...decisions,
  ])
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
    const key = meant(event)
    if (isTyping(event.target) && key !== 'Escape') return
    if (event.target.matches('input[type=radio]') && key.startsWith('Arrow')) return
    const command = bindings.get(key)
    if (command === undefined || (event.repeat && !['j', 'k', 'ArrowDown', 'ArrowUp'].includes(key))) return
    event.preventDefault()
    command()
  })
}

/** Fills the help with every key, in the current language. */
export const showKeys = () => {
  const keys = [
    ['j k', `${t('next')} / ${t('previous')}`],
    ...ACTIONS.map(([key, decision]) => [key, t(decision)]),
    ['u', t('undo')],
    ['/', t('focusChannel')],
    ['n', t('focusNote')],
    ['?', t('help')],
  ]
  const rows = keys.map(([names, words]) => {
    const caps = names.split(' ').map((name) => el('kbd', {}, name))
    return el('div', {}, el('dt', {}, ...caps), el('dd', {}, words))
  })
  byId('help-keys').replaceChildren(...rows)
}
