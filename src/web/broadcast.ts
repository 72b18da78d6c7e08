import type { CaseEvent, CaseStore } from '../queue/case-store.js'
import type { WebLogger } from './web-error.js'

/** One connected page. */
export interface Listener {
  push(chunk: string): void
  /** The store failed: the page must come again. */
  end(): void
}

export interface Broadcast {
  /**
   * Pushes every event from now on, and first those after `afterId`. False, with nothing done, when that
   * place is no longer (or not yet) remembered here: then the store must be asked.
   */
  add(listener: Listener, afterId: string | null): boolean
  remove(listener: Listener): void
}

const REMEMBERED_CHARS = 4 * 1024 * 1024

// JSON has no raw line ends, so one `data:` line carries any text.
export const encodeEvent = ({ id, kind, case: item }: CaseEvent): string =>
  `id: ${id}\ndata: ${JSON.stringify({ id, kind, case: item })}\n\n`

/** The newest events, oldest first, up to a size. */
const createMemory = () => {
  const events: { readonly id: string; readonly chunk: string }[] = []
  let size = 0
  return {
    add: (id: string, chunk: string): void => {
      events.push({ id, chunk })
      size += chunk.length
      while (size > REMEMBERED_CHARS) size -= events.shift()?.chunk.length ?? size
    },
    after: (id: string): readonly string[] | null => {
      const at = events.findIndex((event) => event.id === id)
      return at < 0 ? null : events.slice(at + 1).map((event) => event.chunk)
    },
    clear: (): void => {
      events.length = 0
      size = 0
    },
  }
}

/** Reads the store's events once for all pages; starts with the first page and lasts until `stop` aborts. */
export const createBroadcast = (cases: CaseStore, stop: AbortSignal, logger: WebLogger): Broadcast => {
  const memory = createMemory()
  const listeners = new Set<Listener>()
  let isRunning = false

  const follow = async (): Promise<void> => {
    for await (const event of cases.events(null, stop)) {
      const chunk = encodeEvent(event)
      memory.add(event.id, chunk)
      for (const listener of listeners) listener.push(chunk)
    }
  }

  const run = async (): Promise<void> => {
    isRunning = true
    try {
      await follow()
    } catch (error) {
      if (!stop.aborted) logger.error({ err: error }, 'the event stream failed')
    } finally {
      isRunning = false
      memory.clear()
      for (const listener of listeners) listener.end()
      listeners.clear()
    }
  }

  return {
    add: (listener, afterId) => {
      if (!isRunning) void run()
      const missed = afterId === null ? [] : memory.after(afterId)
      if (missed === null) return false
      for (const chunk of missed) listener.push(chunk)
      listeners.add(listener)
      return true
    },
    remove: (listener) => {
      listeners.delete(listener)
    },
  }
}
