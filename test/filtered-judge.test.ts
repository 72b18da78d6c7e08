import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { channelsOf } from '../src/app-judging.js'
import { configSchema } from '../src/config-schema.js'
import type { Verdict } from '../src/domain/verdict.js'
import { REMEMBER_NOTHING, withFilters } from '../src/filtered-judge.js'
import { createMicroBatch } from '../src/micro-batch.js'
import { createTotals, observeOutcome } from '../src/observe.js'
import { SqliteCaseStore } from '../src/queue/sqlite-case-store.js'
import { SqliteOutbox } from '../src/queue/sqlite-outbox.js'
import { createRecentMessages, RECENT_LIMITS } from '../src/recent-messages.js'
import { createScorer } from '../src/scoring.js'
import { createMetrics } from '../src/telemetry/metrics.js'
import { createUserWindows } from '../src/user-windows.js'
import { openSqlite } from '../src/users/sqlite.js'
import { SqliteUserStore } from '../src/users/sqlite-user-store.js'
import { createWordJudge } from './fixtures/word-judge.js'

const NOW = Date.parse('2026-05-01T12:00:00Z')
const PARTITION = 'chat.messages/0'
const HALF_LIFE = { halfLifeMs: 3_600_000 }

const channels = channelsOf(
  configSchema.parse({
    channels: {
      strict: { filters: { caps: true, links: true, flood: { messages: 3 }, repetition: { messages: 2 } } },
    },
  }),
)

const openStream = () => {
  const judge = withFilters(createWordJudge('나빠'), channels, createRecentMessages(RECENT_LIMITS))
  const store = new SqliteUserStore(openSqlite(':memory:'), HALF_LIFE, () => NOW)
  return { judge, store, windows: createUserWindows(judge, (users) => store.fragments(users)) }
}

interface Said {
  readonly text: string
  readonly user?: string
  readonly channel?: string
  readonly roles?: readonly string[]
  readonly second?: number
}

const linesOf = (said: readonly Said[]) =>
  said.map(({ text, user = 'u', channel = 'strict', roles = [], second = 0 }, index) => ({
    id: `m${index}`,
    source: 'twitch',
    channel: { id: channel, name: channel },
    author: { id: user, name: user, roles },
    text,
    sentAt: new Date(NOW + second * 1000).toISOString(),
  }))

/** Judges one partition's lines as a worker does, `batchSize` at a time. */
const work = async (said: readonly Said[], batchSize = 64) => {
  const judge = withFilters(createWordJudge('나빠'), channels, createRecentMessages(RECENT_LIMITS))
  const database = openSqlite(':memory:')
  const store = new SqliteUserStore(database, HALF_LIFE, () => NOW)
  const cases = new SqliteCaseStore(database, { ...HALF_LIFE, suggest: () => 'warn' }, () => NOW)
  const outbox = new SqliteOutbox(
    database,
    () => 'warn',
    () => NOW,
  )
  const registry = new Registry()
  const verdicts: Verdict[] = []
  const count = observeOutcome(createMetrics(registry), createTotals(), channels, () => NOW)
  const process = createMicroBatch({
    windows: createUserWindows(judge, (users) => store.fragments(users)),
    channels,
    store,
    deadLetters: async () => {},
    relay: () => {},
    publishClean: false,
    now: () => NOW,
    onUnavailable: () => {},
    onDecoded: () => {},
    onOutcome: (outcome, applied) => {
      if (outcome.kind === 'verdict') verdicts.push(outcome.verdict)
      count(outcome, applied)
    },
  })
  const records = linesOf(said).map((line, offset) => ({
    topic: 'chat.messages',
    partition: 0,
    offset,
    key: null,
    value: Buffer.from(JSON.stringify(line)),
    timestampMs: NOW,
  }))
  const { signal } = new AbortController()
  for (let start = 0; start < records.length; start += batchSize)
    await process(PARTITION, start - 1, records.slice(start, start + batchSize), signal)
  const published = (await outbox.read(PARTITION, 100)).flatMap((entry) =>
    entry.kind === 'verdict' ? [JSON.parse(entry.value)] : [],
  )
  const { cases: open } = await cases.list({ limit: 10 })
  return { verdicts, published, cases: open, metrics: await registry.metrics() }
}

const SHOUT = 'WHY WOULD YOU EVER BUY THAT ITEM'

test('evidence changes neither verdict nor scores, and a clean message that has some is published', async () => {
  const { published, cases } = await work([
    { text: SHOUT },
    { text: SHOUT, channel: 'other' },
    { text: '안녕하세요' },
  ])

  expect(published).toMatchObject([
    { messageId: 'm0', verdict: 'clean', spans: [], evidence: [{ filter: 'caps', score: 1 }] },
  ])
  expect(published[0].scores.abusive).toBe(0.1)
  expect(cases).toEqual([])
})

test('a flag tells its evidence in the verdict, in the reasons and in the line of the case', async () => {
  const { published, cases } = await work([{ text: `${SHOUT} 나빠` }])

  const evidence = [{ filter: 'caps', score: 0.881, value: 0.929, limit: 0.7 }]
  expect(published).toMatchObject([{ verdict: 'flag', evidence }])
  expect(cases).toMatchObject([
    { strikes: 0.9, lines: [{ evidence, reasons: ['model:profanity', 'filter:caps'] }] },
  ])
})

test('where no filter is on, verdicts and lines have no such field', async () => {
  const { published, cases } = await work([{ text: `${SHOUT} 나빠`, channel: 'other' }])

  expect(published[0]).not.toHaveProperty('evidence')
  expect(cases[0]?.lines[0]).not.toHaveProperty('evidence')
})

test('fragments that fire together keep the evidence of the message that completes them', async () => {
  const { published } = await work([
    { text: '나', second: 1 },
    { text: 'ㅋ', second: 2 },
    { text: '빠', second: 3 },
  ])

  expect(published).toMatchObject([{ verdict: 'flag', evidence: [{ filter: 'flood', value: 3 }] }])
})

test('moderators are not filtered', async () => {
  const { published } = await work([{ text: SHOUT, roles: ['moderator'] }])

  expect(published).toEqual([])
})

test('each filter that marked a message is counted by its name', async () => {
  const { metrics } = await work([{ text: `${SHOUT} a.com` }, { text: SHOUT }, { text: '안녕' }])

  expect(metrics).toContain('haechi_filter_evidence_total{filter="caps"} 2')
  expect(metrics).toContain('haechi_filter_evidence_total{filter="links"} 1')
})

/** Two users who talk at once, fast and slowly, and repeat themselves. */
const CROWD: readonly Said[] = Array.from({ length: 60 }, (_, at) => ({
  text:
    ['방송 재밌어요 진짜로', 'ㅋㅋ', '나', '빠', 'LOOK AT THIS www.evil.example', SHOUT][(at * 7) % 6] ?? '',
  user: `u${at % 3 === 0 ? 1 : 2}`,
  second: Math.floor(at / 4) * 3 - (at % 5 === 0 ? 4 : 0),
}))

test('scoring lines with their users says what a worker says, however both cut the stream', async () => {
  const expected = (await work(CROWD)).verdicts.map(({ verdict, evidence }) => ({ verdict, evidence }))
  const score = async (blockSize: number) => {
    const { judge, store, windows } = openStream()
    const scorer = createScorer(judge, { store, windows }, () => NOW)
    const output: string[] = []
    const lines = linesOf(CROWD).map((line) => Buffer.from(JSON.stringify(line)))
    for (let start = 0; start < lines.length; start += blockSize)
      output.push(...(await scorer.jsonl(lines.slice(start, start + blockSize), start + 1)).lines)
    return output.map((line) => JSON.parse(line)).map(({ verdict, evidence }) => ({ verdict, evidence }))
  }

  expect(await score(512)).toEqual(expected)
  expect(await score(7)).toEqual(expected)
  expect((await work(CROWD, 5)).verdicts.map(({ verdict, evidence }) => ({ verdict, evidence }))).toEqual(
    expected,
  )
  const filters = new Set(expected.flatMap(({ evidence = [] }) => evidence.map(({ filter }) => filter)))
  expect([...filters].sort()).toEqual(['caps', 'flood', 'links', 'repetition'])
})

test('lines that are scored alone remember nobody, and still have the evidence of their own text', async () => {
  const judge = withFilters(createWordJudge('나빠'), channels, REMEMBER_NOTHING)
  const scorer = createScorer(judge, null, () => NOW)
  const lines = linesOf([
    { text: '방송 재밌어요' },
    { text: '방송 재밌어요' },
    { text: '방송 재밌어요' },
    { text: SHOUT },
  ])

  const { lines: output } = await scorer.jsonl(
    lines.map((line) => Buffer.from(JSON.stringify(line))),
    1,
  )

  expect(output.map((line) => JSON.parse(line).evidence?.[0].filter)).toEqual([
    undefined,
    undefined,
    undefined,
    'caps',
  ])
})
