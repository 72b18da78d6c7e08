import { expect, test } from 'vitest'
import type { Message } from '../src/domain/message.js'
import { createUserWindows, type WindowResult } from '../src/user-windows.js'
import type { Fragment, UserKey } from '../src/users/user-store.js'
import {
  ABUSIVE_SEQUENCES,
  ABUSIVE_WORDS,
  BENIGN_SEQUENCES,
  INNOCENT_WORDS,
  messagesOf,
} from './fixtures/split-sequences.js'
import { createLexiconJudge } from './fixtures/word-judge.js'

const judge = createLexiconJudge(ABUSIVE_WORDS, INNOCENT_WORDS)

const verdictOf = (result: WindowResult | undefined): string =>
  result?.kind === 'judged' ? result.judgement.verdict : 'failed'

const judgeInOneBatch = (messages: readonly Message[]): Promise<readonly WindowResult[]> =>
  createUserWindows(judge, async (users) => users.map(() => [])).judge(messages)

const inOneBatch = (sequence: string): Promise<readonly WindowResult[]> =>
  judgeInOneBatch(messagesOf(sequence, 'm'))

/** Each message in a batch of its own, with what the one before left stored. */
const oneByOne = async (messages: readonly Message[]): Promise<readonly WindowResult[]> => {
  const stored = new Map<string, readonly Fragment[]>()
  const nameOf = ({ channelId, userId }: UserKey): string => `${channelId}/${userId}`
  const windows = createUserWindows(judge, async (users) => users.map((u) => stored.get(nameOf(u)) ?? []))
  const results: WindowResult[] = []
  for (const message of messages) {
    const [result] = await windows.judge([message])
    if (result?.kind === 'judged' && result.fragments !== undefined)
      stored.set(nameOf({ channelId: message.channel.id, userId: message.author.id }), result.fragments)
    if (result !== undefined) results.push(result)
  }
  return results
}

test('there are enough of them, each once', () => {
  const all = [...ABUSIVE_SEQUENCES, ...BENIGN_SEQUENCES]

  expect(Math.min(ABUSIVE_SEQUENCES.length, BENIGN_SEQUENCES.length)).toBeGreaterThanOrEqual(60)
  expect(new Set(all).size).toBe(all.length)
})

/** The initial of the last syllable is enough: 병ㅅ and 닥ㅊ are written so. */
const AT_AN_INITIAL: ReadonlyMap<string, number> = new Map([
  ['ㅂ / ㅕ / ㅇ / ㅅ / ㅣ / ㄴ', 3],
  ['ㄷ / ㅏ / ㄱ / ㅊ / ㅕ', 3],
])

test.each(ABUSIVE_SEQUENCES)('%s is flagged where it says so, and not before', async (sequence) => {
  const results = await inOneBatch(sequence)

  const at = AT_AN_INITIAL.get(sequence) ?? results.length - 1
  expect(results.map(verdictOf)).toEqual(results.map((_, i) => (i === at ? 'flag' : 'clean')))
  expect(results[at]).toMatchObject({ judgement: { spans: [{ view: 'window' }] } })
})

test.each(BENIGN_SEQUENCES)('%s is clean', async (sequence) => {
  const verdicts = (await inOneBatch(sequence)).map(verdictOf)

  expect(verdicts).toEqual(verdicts.map(() => 'clean'))
})

test.each([...ABUSIVE_SEQUENCES, ...BENIGN_SEQUENCES])(
  '%s reads the same however it is cut into batches',
  async (sequence) => {
    const messages = messagesOf(sequence, 'm')
    const twice = [...messages.flatMap((message) => [message, message]), ...messages]

    expect(await oneByOne(messages)).toEqual(await judgeInOneBatch(messages))
    expect(await oneByOne(twice)).toEqual(await judgeInOneBatch(twice))
  },
)

test.each([...ABUSIVE_SEQUENCES, ...BENIGN_SEQUENCES])(
  '%s reads the same when its messages come again',
  async (sequence) => {
    const messages = messagesOf(sequence, 'm')
    const again = messages.flatMap((message, index) => [...messages.slice(0, index), message])
    const isFirst = again.map(({ id }, index) => again.findIndex((message) => message.id === id) === index)

    const results = (await judgeInOneBatch(again)).filter((_, index) => isFirst[index])

    expect(results).toEqual(await judgeInOneBatch(messages))
  },
)

test.each(ABUSIVE_SEQUENCES)('%s by as many users as it has messages is clean', async (sequence) => {
  const messages = messagesOf(sequence, 'm').map((message, index) => ({
    ...message,
    author: { ...message.author, id: `user-${index}` },
  }))

  const results = await createUserWindows(judge, async (users) => users.map(() => [])).judge(messages)

  expect(results.map(verdictOf)).toEqual(messages.map(() => 'clean'))
})

test.each(ABUSIVE_SEQUENCES)('%s over two channels is clean', async (sequence) => {
  const messages = messagesOf(sequence, 'm').map((message, index, { length }) =>
    index === length - 1 ? { ...message, channel: { id: 'elsewhere', name: '' } } : message,
  )

  const results = await createUserWindows(judge, async (users) => users.map(() => [])).judge(messages)

  expect(verdictOf(results.at(-1))).toBe('clean')
})
