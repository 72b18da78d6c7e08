import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { CaseEvent, CaseStore } from '../../src/queue/case-store.js'
import type { WebAppOptions } from '../../src/web/server.js'
import { openEvents } from './event-stream.js'
import { openWebApp } from './web-app.js'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const serve = async (options: Partial<WebAppOptions> = {}) => {
  const web = openWebApp(options)
  closers.push(web.close)
  const url = await web.app.listen({ host: '127.0.0.1', port: 0 })
  return { ...web, url }
}

test('a case that opens is streamed at once, with its id and its kind', async () => {
  const { url, flag } = await serve()
  const events = await openEvents(url)

  await flag({ text: 'first\nline' })

  expect(events.response.headers.get('content-type')).toBe('text/event-stream')
  expect(events.response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await events.nextEvent()).toEqual({ id: '1', kind: 'opened', text: 'first\nline' })
})

test('a client that was away gets what it missed, in order', async () => {
  const { url, flag } = await serve()
  await flag({ text: 'one' }, { text: 'two' }, { text: 'three' })

  const events = await openEvents(url, { headers: { 'last-event-id': '1' } })

  expect((await events.nextEvent())?.text).toBe('two')
  expect((await events.nextEvent())?.text).toBe('three')
})

test('a short absence costs the store nothing: what was missed is still remembered', async () => {
  const results: string[] = []
  const { url, flag } = await serve({ hooks: { feedEvent: (result) => results.push(result) } })
  const first = await openEvents(url)
  await flag({ text: 'one' }, { text: 'two' }, { text: 'three' })
  for (const text of ['one', 'two', 'three']) expect((await first.nextEvent())?.text).toBe(text)

  const second = await openEvents(url, { headers: { 'last-event-id': '2' } })
  expect((await second.nextEvent())?.text).toBe('three')
  await flag({ text: 'four' })

  expect((await second.nextEvent())?.text).toBe('four')
  expect((await first.nextEvent())?.text).toBe('four')
  expect(results).not.toContain('replayed')
})

test('whoever has caught up shares one reading of the store with everyone else', async () => {
  const results: string[] = []
  const { url, flag } = await serve({ hooks: { feedEvent: (result) => results.push(result) } })
  await flag({ text: 'one' }, { text: 'two' })
  const events = await openEvents(url, { headers: { 'last-event-id': '1' } })
  const texts = [(await events.nextEvent())?.text]

  for (const text of ['three', 'four', 'five', 'six']) {
    await flag({ text })
    texts.push((await events.nextEvent())?.text)
  }

  expect(texts).toEqual(['two', 'three', 'four', 'five', 'six'])
  expect(results.at(-1)).toBe('sent')
})

test('a page that cannot set the header names its place in the query', async () => {
  const { url, flag } = await serve()
  await flag({ text: 'one' }, { text: 'two' })

  const events = await openEvents(url, { query: '?lastEventId=1' })

  expect((await events.nextEvent())?.text).toBe('two')
})

test('a place that is no id is refused', async () => {
  const { url } = await serve()

  const { response } = await openEvents(url, { headers: { 'last-event-id': 'x y' } })

  expect(response.status).toBe(400)
})

test('a page of another site gets no stream', async () => {
  const { url } = await serve()

  const { response } = await openEvents(url, { headers: { origin: 'https://evil.example' } })

  expect(response.status).toBe(403)
})

test('a quiet stream has a heartbeat', async () => {
  const { url } = await serve({ limits: { heartbeatMs: 20 } })
  const events = await openEvents(url)

  expect(await events.next((block) => block === ': heartbeat')).toBe(': heartbeat')
})

test('closing ends every stream at once', async () => {
  const { url, app } = await serve()
  const clients = await Promise.all([openEvents(url), openEvents(url), openEvents(url)])
  const before = performance.now()

  await app.close()

  expect(performance.now() - before).toBeLessThan(500)
  expect(await Promise.all(clients.map((client) => client.ended()))).toEqual([true, true, true])
})

test('clients are counted as they come and go, and one too many is turned away', async () => {
  let settle: () => void = () => {}
  const gone = new Promise<void>((resolve) => {
    settle = resolve
  })
  const counts: number[] = []
  const feedClients = (count: number): void => {
    counts.push(count)
    if (count === 0) settle()
  }
  const { url } = await serve({ limits: { maxClients: 1 }, hooks: { feedClients } })

  const first = await openEvents(url)
  const second = await openEvents(url)
  first.leave()
  await gone

  expect(second.response.status).toBe(503)
  expect(counts).toEqual([1, 0])
})

/** Events without end, as fast as they are taken. */
const endlessStore = (cases: CaseStore, event: CaseEvent): CaseStore => ({
  list: (query) => cases.list(query),
  decide: (...input) => cases.decide(...input),
  close: () => cases.close(),
  events: async function* () {
    for (;;) {
      yield event
      await new Promise(setImmediate)
    }
  },
})

test('a client that reads nothing is cut once 1 MiB waits for it', async () => {
  const seeded = openWebApp()
  closers.push(seeded.close)
  await seeded.flag({ text: 'x'.repeat(10_000) })
  const [open] = (await seeded.cases.list({ limit: 1 })).cases
  if (open === undefined) throw new Error('no case')
  const results: string[] = []
  const { url } = await serve({
    cases: endlessStore(seeded.cases, { id: '1', kind: 'opened', case: open }),
    limits: { maxStallMs: 100 },
    hooks: { feedEvent: (result) => results.push(result) },
  })

  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.pause()
  socket.write(`GET /api/events HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  await expect.poll(() => results.at(-1), { timeout: 5000 }).toBe('dropped')

  // What the kernel's socket buffers took comes on top of the 1 MiB.
  expect(results.length).toBeLessThan(1000)
  socket.destroy()
})

test('a store that fails ends the stream, so that the client comes again', async () => {
  const seeded = openWebApp()
  closers.push(seeded.close)
  const failing: CaseStore = {
    list: (query) => seeded.cases.list(query),
    decide: (...input) => seeded.cases.decide(...input),
    close: () => seeded.cases.close(),
    events: () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('away')) }),
    }),
  }
  const { url } = await serve({ cases: failing })

  const events = await openEvents(url)

  expect(await events.ended()).toBe(true)
})
