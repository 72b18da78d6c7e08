import type { CaseEvent } from './case-store.js'

const PAGE = 100
/** A change that another process made is found by looking, at least this often. */
const POLL_MS = 1_000

export interface EventSource {
  /** The newest event's id, or one that sorts before all events. */
  newestId(): Promise<string>
  /** At most `limit` events after `id`, in order, and the id to go on from. */
  readAfter(
    id: string,
    limit: number,
  ): Promise<{ readonly events: readonly CaseEvent[]; readonly lastId: string }>
  /** Calls `wake` when there may be new events, until the returned function is called. */
  subscribe(wake: () => void): () => void
}

/** Resolves at the first of: a wake-up since the last wait, the poll interval, the signal. */
const createWaiter = (source: EventSource, signal: AbortSignal) => {
  let isWoken = false
  let resume = () => {}
  const wake = () => {
    isWoken = true
    resume()
  }
  const unsubscribe = source.subscribe(wake)
  signal.addEventListener('abort', wake)
  return {
    wait: async () => {
      await new Promise<void>((resolve) => {
        if (isWoken || signal.aborted) return resolve()
        const timer = setTimeout(resolve, POLL_MS)
        resume = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      isWoken = false
    },
    close: () => {
      unsubscribe()
      signal.removeEventListener('abort', wake)
    },
  }
}

/** Replays everything after `afterId` (null: from this call on) and then follows, until the signal aborts. */
export const followEvents = (
  source: EventSource,
  afterId: string | null,
  signal: AbortSignal,
): AsyncIterable<CaseEvent> => {
  const start = afterId === null ? source.newestId() : Promise.resolve(afterId)
  // Whoever iterates sees the failure; until then it must not count as unhandled.
  start.catch(() => {})
  return iterate(source, start, signal)
}

async function* iterate(source: EventSource, start: Promise<string>, signal: AbortSignal) {
  const waiter = createWaiter(source, signal)
  try {
    let id = await start
    while (!signal.aborted) {
      const { events, lastId } = await source.readAfter(id, PAGE)
      for (const event of events) {
        if (signal.aborted) return
        yield event
      }
      if (lastId === id) await waiter.wait()
      id = lastId
    }
  } finally {
    waiter.close()
  }
}
