import { expect, test, vi } from 'vitest'
import type { Envelope } from '../../src/sources/envelope.js'
import type { SourceRecord, TopicPartition } from '../../src/sources/source.js'
import { createTwitchSource } from '../../src/sources/twitch-source.js'

const startMs = Date.UTC(2026, 0, 5)

const envelope = (n: number, user = String(n)): Envelope => ({
  id: `m${n}`,
  source: 'twitch',
  channel: { id: '501', name: 'haechi' },
  author: { id: user, name: user, roles: [] },
  text: `line ${n}`,
  emotes: [],
  sentAt: '2026-01-05T00:00:00Z',
})

const open = async (maxWaiting = 100) => {
  let say: (envelope: Envelope) => void = () => {}
  const client = {
    start: async (onEnvelope: (envelope: Envelope) => void) => {
      say = onEnvelope
    },
    close: vi.fn(async () => {}),
  }
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const records: SourceRecord[] = []
  const assigned: TopicPartition[] = []
  const source = createTwitchSource({ client, log, startMs, now: () => startMs + 5, maxWaiting })
  await source.start(
    {
      assign: (partitions) => void assigned.push(...partitions),
      accept: (_, batch) => void records.push(...batch),
    },
    () => {},
  )
  return { source, client, log, records, assigned, say: (one: Envelope) => say(one) }
}

test('one user stays in one of four partitions, and offsets rise above those of an earlier run', async () => {
  const { records, assigned, say } = await open()
  for (let n = 0; n < 40; n++) say(envelope(n, String(n % 10)))

  expect(assigned).toHaveLength(4)
  const homes = new Set(records.map(({ key, partition }) => `${key} ${partition}`))
  expect(homes.size).toBe(10)
  expect(records.map(({ offset }) => offset)).toEqual(records.map((_, n) => startMs * 1000 + n))
  expect(records[0]).toMatchObject({ topic: 'twitch', timestampMs: startMs + 5 })
  expect(String(records[0]?.key)).toBe('501:0')
})

test('lines of a paused partition wait and come in order when it resumes', async () => {
  const { source, records, say } = await open()
  say(envelope(0, 'otter'))
  const partition = { topic: 'twitch', partition: records[0]?.partition ?? 0 }
  source.setPaused(partition, true)
  for (const n of [1, 2, 3]) say(envelope(n, 'otter'))
  const whilePaused = records.length

  source.setPaused(partition, false)

  expect(whilePaused).toBe(1)
  expect(records.map(({ offset }) => offset - startMs * 1000)).toEqual([0, 1, 2, 3])
})

test('beyond the limit lines are dropped, which is said once', async () => {
  const { source, records, log, say } = await open(5)
  for (let partition = 0; partition < 4; partition++) source.setPaused({ topic: 'twitch', partition }, true)
  for (let n = 0; n < 20; n++) say(envelope(n))

  for (let partition = 0; partition < 4; partition++) source.setPaused({ topic: 'twitch', partition }, false)

  expect(records).toHaveLength(5)
  expect(log.error).toHaveBeenCalledTimes(1)
  expect(log.warn).toHaveBeenCalledWith({ dropped: 15 }, expect.any(String))
})

test('closing the source closes the client', async () => {
  const { source, client } = await open()

  await source.close()

  expect(client.close).toHaveBeenCalledTimes(1)
})
