import { expect, test, vi } from 'vitest'
import {
  type BotPublisherOptions,
  createBotPublisher,
  newTraceparent,
  type ProducerPort,
} from '../../src/sources/bot-publisher.js'
import type { Envelope } from '../../src/sources/envelope.js'

type Batch = Parameters<ProducerPort['send']>[0]

const envelope = (n: number): Envelope => ({
  id: `m${n}`,
  source: 'twitch',
  channel: { id: '501', name: 'haechi' },
  author: { id: '77', name: 'otter', roles: [] },
  text: `줄 ${n}`,
  emotes: [],
  sentAt: '2026-01-05T00:00:00Z',
})

const open = (options: Partial<BotPublisherOptions> = {}) => {
  const batches: Batch[] = []
  const broker = { isAway: false }
  const producer = {
    connect: vi.fn(async () => {}),
    send: vi.fn(async (batch: Batch) => {
      if (broker.isAway) throw new Error('connect ECONNREFUSED')
      batches.push(batch)
    }),
    disconnect: vi.fn(async () => {}),
  }
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const onDropped = vi.fn()
  const publisher = createBotPublisher({ producer, log, onDropped, ...options })
  const published = (): readonly string[] =>
    batches.flatMap(({ messages }) => messages.map(({ value }) => JSON.parse(String(value)).id))
  return { publisher, producer, broker, log, onDropped, batches, published }
}

const settled = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 3000, interval: 5 })

test('lines leave together, keyed by channel and user, each with a trace of its own', async () => {
  const { publisher, batches } = open({ now: () => 1234 })
  for (const n of [0, 1, 2]) publisher.publish(envelope(n))
  await settled(() => publisher.waiting() === 0)

  expect(batches).toHaveLength(1)
  expect(batches[0]).toMatchObject({ topic: 'chat.messages', acks: -1 })
  const messages = batches[0]?.messages ?? []
  expect(messages.map(({ key, timestamp }) => [key, timestamp])).toEqual(Array(3).fill(['501:77', '1234']))
  expect(JSON.parse(String(messages[1]?.value))).toEqual(envelope(1))
  expect(new Set(messages.map(({ headers }) => headers.traceparent)).size).toBe(3)
})

test('while the broker is away lines wait, and arrive in order when it is back', async () => {
  const { publisher, broker, log, published, producer } = open()
  broker.isAway = true
  for (const n of [0, 1, 2]) publisher.publish(envelope(n))
  await settled(() => producer.send.mock.calls.length >= 2)
  publisher.publish(envelope(3))
  broker.isAway = false
  await settled(() => publisher.waiting() === 0)

  expect(published()).toEqual(['m0', 'm1', 'm2', 'm3'])
  expect(log.warn).toHaveBeenCalledTimes(1)
  expect(log.info).toHaveBeenCalledTimes(1)
})

test('beyond the limit the oldest waiting lines are dropped and counted', async () => {
  const { publisher, broker, log, onDropped, producer } = open({ maxWaiting: 5, flushMs: 50 })
  broker.isAway = true
  publisher.publish(envelope(0))
  await settled(() => producer.send.mock.calls.length >= 1)
  for (let n = 1; n <= 8; n++) publisher.publish(envelope(n))

  expect(publisher.waiting()).toBe(6)
  expect(onDropped.mock.calls.flat().reduce((sum, lines) => sum + lines, 0)).toBe(3)
  expect(log.error).toHaveBeenCalledTimes(1)
  await publisher.close()
})

test('closing publishes what waits, and may be done twice', async () => {
  const { publisher, published, producer } = open({ lingerMs: 50 })
  publisher.publish(envelope(0))

  await publisher.close()
  await publisher.close()

  expect(published()).toEqual(['m0'])
  expect(producer.disconnect).toHaveBeenCalledTimes(1)
})

test('closing without a broker ends in time and says what was lost', async () => {
  const { publisher, broker, log, onDropped } = open({ flushMs: 60 })
  broker.isAway = true
  publisher.publish(envelope(0))

  await publisher.close()

  expect(onDropped).toHaveBeenCalledWith(1)
  expect(log.error).toHaveBeenCalledTimes(1)
})

test('nothing is taken after closing', async () => {
  const { publisher, published } = open()
  await publisher.close()
  publisher.publish(envelope(0))

  expect(publisher.waiting()).toBe(0)
  expect(published()).toEqual([])
})

test('a trace parent is one of version 00 with ids that are not zero', () => {
  expect(newTraceparent()).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/)
})
