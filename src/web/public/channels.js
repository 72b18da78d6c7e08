import { byId, el } from './dom.js'
import { t } from './language.js'

/** Fills the channel filter with the channels seen so far; does nothing while they are the same. */
export const showChannels = ({ channels, filter }) => {
  const options = [...channels].sort(([, a], [, b]) => a.localeCompare(b))
  const key = JSON.stringify([options, t('allChannels')])
  const node = byId('channel')
  // New options would shut the list of someone who is choosing.
  if (node.dataset.key === key || node === document.activeElement) return
  node.dataset.key = key
  node.replaceChildren(
    el('option', { value: '' }, t('allChannels')),
    ...options.map(([id, name]) => el('option', { value: id }, name)),
  )
  node.value = filter.channel
}

let isByKey = false

/** Opens the list of channels for the keyboard. */
export const openChannels = () => {
  const node = byId('channel')
  isByKey = true
  node.focus()
  node.showPicker?.()
}

/** Whoever came by key goes back to the cases, so that the other keys work again. */
export const leaveChannels = () => {
  if (isByKey) byId('list').focus()
  isByKey = false
}
