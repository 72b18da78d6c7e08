import { byId, el } from './dom.js'
import { t } from './language.js'

/** Fills the channel filter with the channels seen so far; does nothing while they are the same. */
export const showChannels = ({ channels, filter }) => {
  const options = [...channels].sort(([, a], [, b]) => a.localeCompare(b))
  const key = JSON.stringify([options, t('allChannels')])
  const node = byId('channel')
  if (node.dataset.key === key) return
  node.dataset.key = key
  node.replaceChildren(
    el('option', { value: '' }, t('allChannels')),
    ...options.map(([id, name]) => el('option', { value: id }, name)),
  )
  node.value = filter.channel
}
