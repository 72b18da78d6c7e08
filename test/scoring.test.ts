import { expect, test } from 'vitest'
import { createMicroBatch, type Outcome } from '../src/micro-batch.js'
import { DEFAULT_CHANNEL_SETTINGS } from '../src/policy/channel-settings.js'
import { createChannels } from '../src/policy/channels.js'
import { createScorer, type UserMemory } from '../src/scoring.js'
import { createUserWindows } from '../src/user-windows.js'
import { openSqlite } from '../src/users/sqlite.js'
import { SqliteUserStore } from '../src/users/sqlite-user-store.js'
import { createWordJudge } from './fixtures/word-judge.js'

const { signal } = new AbortController()
const NOW = Date.parse('2026-05-01T12:00:00Z')
const judge = createWordJudge('나빠')

const openMemory = (): UserMemory => {
  const store = new SqliteUserStore(openSqlite(':memory:'), { halfLifeMs: 3_600_000 }, () => NOW)
  return { store, windows: createUserWindows(judge, (users) => store.fragments(users)) }
}

const setUp = (memory: UserMemory | null = null) => createScorer(judge, memory, () => NOW)

const lines = (...objects: readonly unknown[]): Buffer[] =>
  objects.map((object) => Buffer.from(JSON.stringify(object)))

const parse = (output: readonly string[]): readonly Record<string, unknown>[] =>
  output.map((line) => JSON.parse(line))

test('a line has the fields of the contract, in order', async () => {
  const { lines: output } = await setUp().jsonl(lines({ id: 'a', text: '나빠' }), 1)

  expect(Object.keys(parse(output)[0] ?? {})).toEqual(['id', 'verdict', 'scores', 'spans', 'versions'])
})

test('ids come back as they were; a line without one is called by its number', async () => {
  const block = lines({ id: 7, text: '' }, { text: '' }, { id: { a: 1 }, text: '' }, { id: null, text: '' })

  const { lines: output } = await setUp().jsonl(block, 41)

  expect(parse(output).map(({ id }) => id)).toEqual([7, '42', { a: 1 }, '44'])
})

test('errors stand in the place of their lines, and are counted', async () => {
  const block = [...lines({ text: '나빠' }, 5, { id: 'x' }), Buffer.from('{'), ...lines({ text: '안녕' })]

  const { lines: output, errors } = await setUp().jsonl(block, 1)

  expect(errors).toBe(3)
  expect(parse(output).map((line) => line.verdict ?? Object(line.error).code)).toEqual([
    'flag',
    'schema',
    'schema',
    'decode',
    'clean',
  ])
  expect(parse(output)[2]).toMatchObject({ id: 'x' })
})

test('a text that breaks the model is an error of its own', async () => {
  const { lines: output, errors } = await setUp().jsonl(
    lines({ id: 1, text: 'explode' }, { text: '나빠' }),
    1,
  )

  expect(errors).toBe(1)
  expect(parse(output)).toMatchObject([{ id: 1, error: { code: 'model' } }, { verdict: 'flag' }])
})

test('an empty block gives no lines', async () => {
  expect(await setUp(openMemory()).jsonl([], 1)).toEqual({ lines: [], errors: 0 })
})

test('without a memory fragments are never joined', async () => {
  const say = (text: string) => ({ text, user: 'a', channel: 'c', sentAt: '2026-05-01T12:00:00Z' })

  const { lines: output } = await setUp().jsonl(lines(say('나'), say('빠')), 1)

  expect(parse(output).map(({ verdict }) => verdict)).toEqual(['clean', 'clean'])
})

test('with a memory they are, within a block and over the border of two', async () => {
  const scorer = setUp(openMemory())
  const say = (text: string, user: string, second: number) => ({
    text,
    user,
    channel: 'c',
    sentAt: `2026-05-01T12:00:0${second}Z`,
  })

  const first = await scorer.jsonl(lines(say('나', 'a', 1), say('빠', 'a', 2), say('나', 'b', 3)), 1)
  const second = await scorer.jsonl(lines(say('빠', 'b', 4), say('빠', 'a', 5)), 4)

  expect(parse([...first.lines, ...second.lines]).map(({ verdict }) => verdict)).toEqual([
    'clean',
    'flag',
    'clean',
    'flag',
    'clean',
  ])
})

interface Said {
  readonly id: string
  readonly text: string
  readonly user: string
  readonly sentAt: string
}

/** Small and crowded, so that windows, flags, gaps, late lines and repeated ids all happen. */
const randomLines = (seed: number, count: number): readonly Said[] => {
  let state = seed
  const below = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
  const texts = ['나', '빠', '나', '빠', 'ㅋㅋㅋ', '나빠', '아무 말이나 합니다', 'explode']
  let second = 0
  const said: Said[] = []
  for (let n = 0; n < count; n++) {
    second += below(5)
    const late = below(10) === 0 ? below(30) : 0
    const again = below(5) === 0 ? said.at(-1 - below(12)) : undefined
    said.push(
      again ?? {
        id: `m${n}`,
        text: texts[below(texts.length)] ?? '',
        user: `u${below(4)}`,
        sentAt: new Date(NOW - 3_600_000 + (second - late) * 1_000).toISOString(),
      },
    )
  }
  return said
}

const score = async (said: readonly Said[], blockSize: number): Promise<readonly unknown[]> => {
  const scorer = setUp(openMemory())
  const output: string[] = []
  for (let start = 0; start < said.length; start += blockSize) {
    const block = lines(...said.slice(start, start + blockSize).map((line) => ({ ...line, channel: 'c' })))
    output.push(...(await scorer.jsonl(block, start + 1)).lines)
  }
  return parse(output).map(({ verdict, spans }) => (verdict === undefined ? 'failed' : { verdict, spans }))
}

const work = async (said: readonly Said[], batchSize: number): Promise<readonly unknown[]> => {
  const { store, windows } = openMemory()
  const outcomes: Outcome[] = []
  const process = createMicroBatch({
    windows,
    store,
    channels: createChannels(DEFAULT_CHANNEL_SETTINGS, {}),
    deadLetters: async () => {},
    relay: () => {},
    publishClean: false,
    now: () => NOW,
    onUnavailable: () => {},
    onDecoded: () => {},
    onOutcome: (outcome) => outcomes.push(outcome),
  })
  const records = said.map(({ id, text, user, sentAt }, offset) => {
    const envelope = { id, source: 'twitch', channel: { id: 'c' }, author: { id: user }, text, sentAt }
    const value = Buffer.from(JSON.stringify(envelope))
    return { topic: 't', partition: 0, offset, key: null, value, timestampMs: NOW }
  })
  for (let start = 0; start < records.length; start += batchSize)
    await process('t/0', start - 1, records.slice(start, start + batchSize), signal)
  return outcomes.map((outcome) =>
    outcome.kind === 'verdict'
      ? { verdict: outcome.verdict.verdict, spans: outcome.verdict.spans }
      : 'failed',
  )
}

test.each([1, 2, 3, 4, 5])(
  'with a memory it says what a worker says, however both cut the stream (%i)',
  async (seed) => {
    const said = randomLines(seed, 300)
    const expected = await work(said, 64)

    expect(await score(said, 512)).toEqual(expected)
    expect(await score(said, 7)).toEqual(expected)
    expect(await work(said, 5)).toEqual(expected)
    expect(new Set(expected.map((one) => JSON.stringify(one))).size).toBeGreaterThan(2)
  },
)

test('a line that comes again leaves what came after it as it was', async () => {
  const say = (id: string, text: string, second: number): Said => ({
    id,
    text,
    user: 'a',
    sentAt: `2026-05-01T12:00:0${second}Z`,
  })
  const said = [say('A', '나빠', 1), say('B', '나', 2), say('A', '나빠', 1), say('C', '빠', 3)]
  const verdicts = async (all: Promise<readonly unknown[]>) => (await all).map((one) => Object(one).verdict)

  for (const all of [work(said, 1), work(said, 4), score(said, 1), score(said, 4)])
    expect(await verdicts(all)).toEqual(['flag', 'clean', 'flag', 'flag'])
})

test('a single text is judged as chat, lone surrogates and all', async () => {
  const { verdict } = await setUp().text('나빠 \ud83d', 'x')

  expect(verdict).toBe('flag')
})
