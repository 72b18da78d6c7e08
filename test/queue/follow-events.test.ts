import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Case } from '../../src/domain/case.js'
import type { CaseEvent } from '../../src/queue/case-store.js'
import { type EventSource, followEvents } from '../../src/queue/follow-events.js'

const aCase: Case = {
  id: 'c1',
  state: 'open',
  channel: { id: 'ch', name: '' },
  user: { id: 'u', name: '' },
  strikes: 0,
  lines: [],
  versions: { model: '', tokenizer: '', canonicaliser: '', thresholds: '', rules: '' },
  openedAt: '',
  updatedAt: '',
  suggestion: 'warn',
}

/** Events 1, 2, 3 ... in memory; `skip` ones are gone, as the case of an old event may be. */
const createLog = () => {
  const ids: number[] = []
  const wakes = new Set<() => void>()
  const gone = new Set<number>()
  const source: EventSource = {
    newestId: async () => String(ids.length),
    readAfter: async (id, limit) => {
      const page = ids.filter((i) => i > Number(id)).slice(0, limit)
      const events = page
        .filter((i) => !gone.has(i))
        .map((i): CaseEvent => ({ id: String(i), kind: 'updated', case: aCase }))
      return { events, lastId: String(page.at(-1) ?? id) }
    },
    subscribe: (wake) => {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
  }
  const append = (count = 1) => {
    for (let i = 0; i < count; i++) ids.push(ids.length + 1)
  }
  const wakeAll = () => {
    for (const wake of wakes) wake()
  }
  return { source, append, wakeAll, gone, wakes }
}

const take = async (events: AsyncIterator<CaseEvent>, count: number): Promise<string[]> => {
  const ids: string[] = []
  while (ids.length < count) {
    const { value, done } = await events.next()
    if (done) break
    ids.push(value.id)
  }
  return ids
}

const { signal: never } = new AbortController()

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('replays everything after an id, over many pages, skipping events without a case', async () => {
  const log = createLog()
  log.append(250)
  for (let i = 90; i <= 230; i++) log.gone.add(i)
  const events = followEvents(log.source, '80', never)[Symbol.asyncIterator]()

  const ids = await take(events, 29)

  expect([ids[0], ids[8], ids[9], ids[28]]).toEqual(['81', '89', '231', '250'])
})

test('without an id it starts where the log ended at the call', async () => {
  const log = createLog()
  log.append(3)
  const iterable = followEvents(log.source, null, never)
  await Promise.resolve()
  log.append(1)

  expect(await take(iterable[Symbol.asyncIterator](), 1)).toEqual(['4'])
})

test('a wake-up delivers at once, and one during a read is not lost', async () => {
  const log = createLog()
  const events = followEvents(log.source, '0', never)[Symbol.asyncIterator]()
  const first = events.next()
  await vi.advanceTimersByTimeAsync(0)
  log.append()
  log.wakeAll()
  expect((await first).value.id).toBe('1')

  const second = events.next()
  log.wakeAll()
  log.append()
  log.wakeAll()

  expect((await second).value.id).toBe('2')
})

test('an event that nobody announced is found within a second', async () => {
  const log = createLog()
  const next = followEvents(log.source, '0', never)[Symbol.asyncIterator]().next()
  await vi.advanceTimersByTimeAsync(500)
  log.append()

  await vi.advanceTimersByTimeAsync(500)

  expect((await next).value.id).toBe('1')
})

test('an abort ends it, also in the middle of a page, and unsubscribes', async () => {
  const log = createLog()
  log.append(3)
  const controller = new AbortController()
  const events = followEvents(log.source, '0', controller.signal)[Symbol.asyncIterator]()
  expect(await take(events, 1)).toEqual(['1'])
  expect(log.wakes.size).toBe(1)

  controller.abort()

  expect(await events.next()).toEqual({ done: true, value: undefined })
  expect(log.wakes.size).toBe(0)
})

test('an abort before the start gives nothing', async () => {
  const events = followEvents(createLog().source, '0', AbortSignal.abort())[Symbol.asyncIterator]()

  expect((await events.next()).done).toBe(true)
})

test('a reader that stops early unsubscribes', async () => {
  const log = createLog()
  log.append(3)

  for await (const event of followEvents(log.source, '0', never)) if (event.id === '2') break

  expect(log.wakes.size).toBe(0)
})

test('a failing source rejects the reader and nobody else', async () => {
  const source = { ...createLog().source, newestId: async () => Promise.reject(new Error('away')) }
  const iterable = followEvents(source, null, never)
  await vi.advanceTimersByTimeAsync(0)

  await expect(iterable[Symbol.asyncIterator]().next()).rejects.toThrow('away')
})
