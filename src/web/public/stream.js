const RETRY_MS = 2000
const FORGET_AFTER = 3

/**
 * Keeps a stream of case events open. The browser resumes by itself with Last-Event-ID; when it gives up
 * (the server answered, but not with a stream) a new one is opened that says where to go on. After some
 * failures in a row the place is forgotten: `onOpen` reloads the list in any case.
 */
export const connect = ({ onOpen, onEvent, onState }) => {
  let lastId = ''
  let failures = 0

  const open = () => {
    const query = lastId === '' ? '' : `?${new URLSearchParams({ lastEventId: lastId })}`
    const source = new EventSource(`/api/events${query}`)
    source.onopen = () => {
      failures = 0
      onState('live')
      onOpen()
    }
    source.onmessage = (message) => {
      lastId = message.lastEventId
      onEvent(JSON.parse(message.data))
    }
    source.onerror = () => {
      onState('reconnecting')
      if (source.readyState !== EventSource.CLOSED) return
      failures += 1
      if (failures >= FORGET_AFTER) lastId = ''
      setTimeout(open, RETRY_MS)
    }
  }

  onState('connecting')
  open()
}
