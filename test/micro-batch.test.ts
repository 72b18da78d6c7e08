import { expect, test } from 'vitest'
import { createMicroBatch, type Outcome } from '../src/micro-batch.js'
import { DEFAULT_CHANNEL_SETTINGS } from '../src/policy/channel-settings.js'
import { createChannels } from '../src/policy/channels.js'
import type { DeadLetter } from '../src/queue/record-log.js'
import { SqliteOutbox } from '../src/queue/sqlite-outbox.js'
import type { SourceRecord } from '../src/sources/source.js'
import { createUserWindows } from '../src/user-windows.js'
import { openSqlite } from '../src/users/sqlite.js'
import { SqliteUserStore } from '../src/users/sqlite-user-store.js'
import type { AppliedEffect } from '../src/users/user-store.js'
import { createWordJudge } from './fixtures/word-judge.js'

const { signal } = new AbortController()
const PARTITION = 'chat.messages/0'
const NOW = Date.parse('2026-05-01T12:00:00Z')

const setUp = ({ publishClean = false } = {}) => {
  const database = openSqlite(':memory:')
  const store = new SqliteUserStore(database, { halfLifeMs: 3_600_000 }, () => NOW)
  const outbox = new SqliteOutbox(
    database,
    () => 'warn',
    () => NOW,
  )
  const letters: DeadLetter[] = []
  const outcomes: [Outcome, AppliedEffect | null][] = []
  const relayed: string[] = []
  const channels = createChannels(DEFAULT_CHANNEL_SETTINGS, {})
  const process = createMicroBatch({
    windows: createUserWindows(createWordJudge('나빠'), (users) => store.fragments(users)),
    channels,
    store,
    deadLetters: async (batch) => void letters.push(...batch),
    relay: (partition) => relayed.push(partition),
    publishClean,
    now: () => NOW,
    onUnavailable: () => {},
    onDecoded: () => {},
    onOutcome: (outcome, applied) => outcomes.push([outcome, applied]),
  })
  return { process, store, outbox, letters, outcomes, relayed }
}

const recordAt = (offset: number, value: Buffer | null): SourceRecord => ({
  topic: 'chat.messages',
  partition: 0,
  offset,
  key: null,
  value,
  timestampMs: NOW,
})

const said = (offset: number, text: string, fields: Record<string, unknown> = {}): SourceRecord => {
  const envelope = {
    id: `m${offset}`,
    source: 'twitch',
    channel: { id: '1', name: 'one' },
    author: { id: '2', name: 'two', roles: [] },
    text,
    sentAt: '2026-05-01T11:59:59Z',
    ...fields,
  }
  return recordAt(offset, Buffer.from(JSON.stringify(envelope)))
}

test("a flag becomes strikes, a case and a verdict with the contract's fields, and the watermark moves", async () => {
  const { process, store, outbox, outcomes, relayed } = setUp()

  const result = await process(PARTITION, -1, [said(0, '안녕'), said(1, '너 나빠')], signal)

  expect(result).toEqual({ watermark: 1 })
  expect(await store.watermark(PARTITION)).toBe(1)
  expect(outcomes[1]?.[1]).toMatchObject({ result: 'applied', strikes: 0.9, caseOpened: true })
  expect(relayed).toEqual([PARTITION])
  const entries = await outbox.read(PARTITION, 10)
  const verdict = entries.find((entry) => entry.kind === 'verdict')
  expect(verdict).toMatchObject({ key: '1:2' })
  expect(verdict?.kind === 'verdict' && Object.keys(JSON.parse(verdict.value))).toEqual([
    'messageId',
    'source',
    'channelId',
    'userId',
    'sentAt',
    'verdict',
    'scores',
    'spans',
    'versions',
    'decidedAt',
  ])
})

test('clean verdicts are published only when asked for', async () => {
  const quiet = setUp()
  const all = setUp({ publishClean: true })

  for (const { process } of [quiet, all]) await process(PARTITION, -1, [said(0, '안녕하세요 여러분')], signal)

  expect(await quiet.outbox.read(PARTITION, 10)).toEqual([])
  expect(await all.outbox.read(PARTITION, 10)).toHaveLength(1)
})

test('bad records and texts that break the model become dead letters with their bytes, and the rest goes on', async () => {
  const { process, letters, store } = setUp()
  const broken = Buffer.from('{"id":')

  await process(PARTITION, -1, [recordAt(0, broken), said(1, 'explode'), said(2, '나빠')], signal)

  expect(letters.map(({ reason, offset }) => [reason, offset])).toEqual([
    ['decode', 0],
    ['model', 1],
  ])
  expect(letters[0]?.value).toBe(broken)
  expect(await store.watermark(PARTITION)).toBe(2)
})

test('the same batch again changes nothing', async () => {
  const { process, outbox } = setUp()
  const batch = [said(0, '나빠')]
  await process(PARTITION, -1, batch, signal)
  const before = await outbox.read(PARTITION, 10)

  const again = await process(PARTITION, -1, batch, signal)

  expect(again).toEqual({ watermark: 0 })
  expect(await outbox.read(PARTITION, 10)).toEqual(before)
})

test('a message id that comes at two offsets has its effects once', async () => {
  const { process, outcomes } = setUp()

  await process(PARTITION, -1, [said(0, '나빠', { id: 'same' }), said(1, '나빠', { id: 'same' })], signal)

  expect(outcomes.map(([, applied]) => [applied?.result, applied?.strikes])).toEqual([
    ['applied', 0.9],
    ['duplicate', 0.9],
  ])
})

test('a moderator is judged but gets no strike', async () => {
  const { process, outbox, outcomes } = setUp()

  await process(
    PARTITION,
    -1,
    [said(0, '나빠', { author: { id: '2', name: 'two', roles: ['moderator'] } })],
    signal,
  )

  expect(outcomes[0]?.[1]).toMatchObject({ strikes: 0 })
  expect((await outbox.read(PARTITION, 10)).map(({ kind }) => kind)).toEqual(['verdict'])
})
