import { expect, test } from 'vitest'
import type { Message } from '../src/domain/message.js'
import { ModelGoneError } from '../src/errors.js'
import { createUserWindows, type WindowResult } from '../src/user-windows.js'
import type { Fragment } from '../src/users/user-store.js'
import { createWordJudge } from './fixtures/word-judge.js'

let ids = 0

const says = (user: string, text: string, second = 0): Message => ({
  id: `m${++ids}`,
  source: 'twitch',
  channel: { id: 'c', name: 'c' },
  author: { id: user, name: user, roles: [] },
  text,
  emotes: [],
  sentAt: '',
  sentAtMs: second * 1000,
})

const judgeAll = async (
  messages: readonly Message[],
  stored: Readonly<Record<string, readonly Fragment[]>> = {},
) => {
  const windows = createUserWindows(createWordJudge('나빠'), async (users) =>
    users.map((u) => stored[u.userId] ?? []),
  )
  return windows.judge(messages)
}

const verdictOf = (result: WindowResult | undefined): string =>
  result?.kind === 'judged' ? result.judgement.verdict : 'failed'

test('fragments of one user fire together, at the message that completes them', async () => {
  const results = await judgeAll([says('a', '나', 1), says('a', '빠', 2)])

  expect(results.map(verdictOf)).toEqual(['clean', 'flag'])
  expect(results[1]).toMatchObject({
    joinedFrom: [{ text: '나' }],
    judgement: { spans: [{ start: 0, end: 1, view: 'window' }] },
  })
})

test('fragments of two users never join', async () => {
  const results = await judgeAll([says('a', '나', 1), says('b', '빠', 2)])

  expect(results.map(verdictOf)).toEqual(['clean', 'clean'])
})

test('a fragment that was stored by an earlier batch joins', async () => {
  const stored = { a: [{ messageId: 'old', text: '나', sentAtMs: 0 }] }

  expect((await judgeAll([says('a', '빠', 3)], stored)).map(verdictOf)).toEqual(['flag'])
})

test('fragments more than 20 s apart do not join', async () => {
  expect((await judgeAll([says('a', '나', 1), says('a', '빠', 22)])).map(verdictOf)).toEqual([
    'clean',
    'clean',
  ])
})

test('after a flag the window is forgotten', async () => {
  const results = await judgeAll([says('a', '나', 1), says('a', '빠', 2), says('a', '빠', 3)])

  expect(results.map(verdictOf)).toEqual(['clean', 'flag', 'clean'])
  expect(results[1]).toMatchObject({ fragments: [{ text: '' }, { text: '' }] })
})

test('a flag forgets nothing that was said after it', async () => {
  const results = await judgeAll([says('a', '나', 2), says('a', '나빠', 1), says('a', '빠', 3)])

  expect(results.map(verdictOf)).toEqual(['clean', 'flag', 'flag'])
})

test('a message that comes again changes nothing', async () => {
  const abuse = says('a', '나빠', 1)
  const results = await judgeAll([abuse, says('a', '나', 2), abuse, says('a', '빠', 3)])

  expect(results.map(verdictOf)).toEqual(['flag', 'clean', 'flag', 'flag'])
  expect(results[2]).not.toHaveProperty('fragments')
})

test('fragments that were part of a flag and come again join nothing', async () => {
  const [first, second] = [says('a', '나', 1), says('a', '빠', 2)]
  const results = await judgeAll([first, second, first, says('a', '빠', 3)])

  expect(results.map(verdictOf)).toEqual(['clean', 'flag', 'clean', 'clean'])
})

test('long messages in between do not break a window', async () => {
  const results = await judgeAll([
    says('a', '나', 1),
    says('a', '오늘 저녁은 뭐 먹지', 2),
    says('a', '빠', 3),
  ])

  expect(results.map(verdictOf)).toEqual(['clean', 'clean', 'flag'])
})

test('a text that breaks the model fails alone', async () => {
  const results = await judgeAll([says('a', 'explode'), says('b', '나빠')])

  expect(results[0]).toEqual({ kind: 'failed', detail: 'RangeError: a text that no model survives' })
  expect(verdictOf(results[1])).toBe('flag')
})

test('nine messages are more than a window: the ordinary ones count', async () => {
  const between = (count: number) =>
    Array.from({ length: count }, (_, n) => says('a', '오늘 저녁은 뭐 먹지', 2 + n))
  const ask = async (count: number) =>
    (await judgeAll([says('a', '나', 1), ...between(count), says('a', '빠', 15)])).map(verdictOf).at(-1)

  expect(await ask(6)).toBe('flag')
  expect(await ask(7)).toBe('clean')
})

test('a message that takes no place changes no window', async () => {
  const stored = { b: [{ messageId: 'old', text: '나', sentAtMs: 0 }] }

  const results = await judgeAll(
    [says('a', '오늘 저녁은 뭐 먹지', 1), says('b', '오늘 저녁은 뭐 먹지', 21)],
    stored,
  )

  for (const result of results) expect(result).not.toHaveProperty('fragments')
})

test('of joins that fire alike the shortest counts: only its fragments are named', async () => {
  const [, , last] = await judgeAll([says('a', '안녕', 1), says('a', '나', 2), says('a', '빠', 3)])

  expect(last).toMatchObject({ joinedFrom: [{ text: '나' }] })
})

/** `asked`: joined texts in the order in which they were asked about; `atOnce`: most of them that waited together. */
const judgeCounting = async (messages: readonly Message[]) => {
  const words = createWordJudge('나빠')
  const asked: string[] = []
  let waiting = 0
  let atOnce = 0
  const windows = createUserWindows(
    {
      message: (message) => words.message(message),
      joined: async (message, text) => {
        asked.push(text)
        waiting += 1
        atOnce = Math.max(atOnce, waiting)
        await new Promise(setImmediate)
        waiting -= 1
        return words.joined(message, text)
      },
    },
    async (users) => users.map(() => []),
  )
  return { results: await windows.judge(messages), asked, atOnce }
}

test('what all messages of a user are joined to is asked at once', async () => {
  const { asked, atOnce } = await judgeCounting(['가', '다', '라'].map((text, n) => says('a', text, n)))

  expect(asked).toEqual(['가다', '다라', '가다라'])
  expect(atOnce).toBe(3)
})

test('a flag among them counts as if each had waited for the one before, and nothing is asked twice', async () => {
  const texts = ['나', '빠', '가', '나', '빠', '빠']
  const messages = texts.map((text, n) => says('a', text, n))
  const stored: Record<string, readonly Fragment[]> = {}
  const oneByOne: WindowResult[] = []

  const { results, asked } = await judgeCounting(messages)
  for (const message of messages) {
    const [result] = await judgeAll([message], stored)
    if (result?.kind === 'judged' && result.fragments !== undefined) stored.a = result.fragments
    if (result !== undefined) oneByOne.push(result)
  }

  expect(results.map(verdictOf)).toEqual(['clean', 'flag', 'clean', 'clean', 'flag', 'clean'])
  expect(results).toEqual(oneByOne)
  expect(asked.filter((text) => text === '나빠')).toHaveLength(2)
})

test('a model that goes away while joins are asked rejects, once', async () => {
  const words = createWordJudge('나빠')
  const gone = new ModelGoneError('the model thread ended')
  const windows = createUserWindows(
    { message: (message) => words.message(message), joined: () => Promise.reject(gone) },
    async (users) => users.map(() => []),
  )

  await expect(windows.judge(['가', '다', '라'].map((text, n) => says('a', text, n)))).rejects.toBe(gone)
})

/** The verdict at the last of the messages, where joined texts score what the table says and others nothing. */
const lastVerdict = async (texts: string, scores: Readonly<Record<string, number>>): Promise<string> => {
  const words = createWordJudge('나빠')
  const windows = createUserWindows(
    {
      message: (message) => words.message(message),
      joined: async (message, text) => {
        const judgement = await words.joined(message, text)
        const abusive = scores[text] ?? 0
        const verdict = abusive >= 0.75 ? 'flag' : 'clean'
        return { ...judgement, verdict, scores: { ...judgement.scores, abusive } }
      },
    },
    async (users) => users.map(() => []),
  )
  const results = await windows.judge(texts.split(' ').map((text, index) => says('a', text, index)))
  return verdictOf(results.at(-1))
}

test.each([
  [
    'a spelled word that is less abusive than its end is innocent',
    '가 나 다',
    { 나다: 0.85, 가나다: 0.8 },
    'clean',
  ],
  ['one that is worse than its end is not', '가 나 다', { 나다: 0.8, 가나다: 0.85 }, 'flag'],
  ['nor is a doubtful one whose end is very sure', '가 나 다', { 나다: 0.95, 가나다: 0.6 }, 'flag'],
  ['nothing is sure enough for one that is innocent', '가 나 다', { 나다: 0.99, 가나다: 0.2 }, 'clean'],
  ['jamo may be cut anywhere', 'ㄱ 나 다', { 나다: 0.85, ㄱ나다: 0.8 }, 'flag'],
  ['a longer message before it is no part of the word', '하하 나 다', { 나다: 0.85, 하하나다: 0.8 }, 'flag'],
  ['and does not make it abuse', '하하 가 나 다', { 나다: 0.85, 가나다: 0.8, 하하가나다: 0.8 }, 'clean'],
])('%s', async (_, texts, scores, verdict) => {
  expect(await lastVerdict(texts, scores)).toBe(verdict)
})
