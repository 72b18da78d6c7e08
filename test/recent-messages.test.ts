import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { Message } from '../src/domain/message.js'
import { createRecentMessages } from '../src/recent-messages.js'

const LIMITS = { maxMessages: 100, maxPerUser: 5, keepMs: 60_000 }

const setUp = (limits: Partial<typeof LIMITS> = {}) => {
  const sizes: number[] = []
  const recall = createRecentMessages({ ...LIMITS, ...limits, onSize: (size) => sizes.push(size) })
  /** Says it, and gives the seconds of what was remembered before. */
  const say = (
    user: string,
    id: string,
    second: number,
    channel = 'c',
    fingerprint: number | null = null,
  ): readonly number[] => {
    const message: Message = {
      id,
      source: 'twitch',
      channel: { id: channel, name: channel },
      author: { id: user, name: user, roles: [] },
      text: '',
      emotes: [],
      sentAt: '',
      sentAtMs: second * 1000,
    }
    const sent = { sentAtMs: message.sentAtMs, fingerprint }
    return recall(message, sent).map(({ sentAtMs }) => sentAtMs / 1000)
  }
  return { say, sizes }
}

test("a message finds its user's earlier ones, and nobody else's", () => {
  const { say } = setUp()

  expect(say('a', '1', 1)).toEqual([])
  expect(say('b', '2', 2)).toEqual([])
  expect(say('a', '3', 3, 'elsewhere')).toEqual([])
  expect(say('a', '4', 4)).toEqual([1])
  expect(say('a', '5', 5)).toEqual([1, 4])
})

test('a message that is judged again finds what it found the first time', () => {
  const { say } = setUp()
  say('a', '1', 1)
  const first = say('a', '2', 2)
  say('a', '3', 2)

  expect(say('a', '2', 2)).toEqual(first)
  expect(say('a', '4', 3)).toEqual([1, 2, 2])
})

test('order is that of arrival: a late message finds those that came before it', () => {
  const { say } = setUp()
  say('a', '1', 30)

  expect(say('a', '2', 10)).toEqual([30])
})

test('what is too old by event time is forgotten', () => {
  const { say, sizes } = setUp()
  say('a', '1', 0)
  say('a', '2', 59)
  say('a', '3', 60)
  say('a', '4', 61)

  expect(say('a', '5', 62)).toEqual([59, 60, 61])
  expect(sizes).toEqual([1, 2, 3, 3, 4])
})

test.each([
  ['ahead', 86_400],
  ['late', -86_400],
])('a message far %s of its time makes nobody forget the others', (_, second) => {
  const { say } = setUp()
  say('a', '1', 1)
  say('a', '2', 2)

  say('a', 'elsewhen', second)

  expect(say('a', '3', 3)).toEqual([1, 2, second])
  expect(say('a', '4', 4)).toEqual([1, 2, second, 3])
})

test('of one user only the last are kept', () => {
  const { say, sizes } = setUp()
  for (let i = 0; i < 20; i += 1) say('a', `${i}`, i)

  expect(say('a', 'last', 20)).toEqual([15, 16, 17, 18, 19])
  expect(Math.max(...sizes)).toBe(5)
})

test('full, it forgets whoever was silent longest, and never holds more', () => {
  const { say, sizes } = setUp()
  say('early', '1', 0)
  say('active', '2', 1)
  for (let i = 0; i < 40; i += 1) say(`user ${i}`, 'm', 2)
  say('active', '3', 3)
  for (let i = 40; i < 90; i += 1) say(`user ${i}`, 'm', 4)
  say('active', '4', 5)
  for (let i = 90; i < 110; i += 1) say(`user ${i}`, 'm', 6)

  expect(say('early', '5', 7)).toEqual([])
  expect(say('active', '6', 7)).toEqual([1, 3, 5])
  expect(say('user 109', '7', 7)).toEqual([6])
  for (let i = 0; i < 5_000; i += 1) say(`raider ${i}`, 'm', 8)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100)
  expect(sizes.at(-1)).toBeGreaterThanOrEqual(50)
})

test('many who are many at once are remembered as fast as few', () => {
  const { say } = setUp({ maxMessages: 60_000 })
  const start = performance.now()

  for (let i = 0; i < 200_000; i += 1) say(`raider ${i}`, 'm', 1)

  expect(performance.now() - start).toBeLessThan(4_000)
})

const heapInMb = (): number => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed / 1e6
}

test('full, it takes less than 300 bytes a message, with the longest ids', () => {
  const maxMessages = 40_000
  const { say, sizes } = setUp({ maxMessages })
  const before = heapInMb()

  for (let i = 0; i < maxMessages; i += 1)
    say(`user ${i}`.padEnd(256, '-'), `${i}`.padEnd(256, '-'), 1.8e9 + i, 'c'.repeat(256), 2 ** 32 - i)

  const taken = heapInMb() - before
  expect(sizes.at(-1)).toBe(maxMessages)
  expect(taken).toBeLessThan((maxMessages * 300) / 1e6)
  // Held until here.
  say('last', 'm', 1)
})
