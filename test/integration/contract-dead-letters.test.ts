import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lagOf } from '../e2e/topics.js'
import { ABUSE, Cluster, envelope, mayNotRun } from './cluster.js'
import { until } from './kafka-helpers.js'

const bytes = (text: string, fields: object = {}): Buffer =>
  Buffer.from(envelope('x', 'e', text, fields).value)

const BAD: readonly (readonly [what: string, reason: string, value: Buffer | null])[] = [
  ['a tombstone', 'decode', null],
  ['an empty value', 'decode', Buffer.alloc(0)],
  ['half an object', 'decode', Buffer.from('{"id":')],
  ['invalid UTF-8', 'decode', Buffer.from([0x7b, 0xff, 0x7d])],
  ['an array', 'schema', Buffer.from('[]')],
  ['a missing text', 'schema', bytes('a', { text: undefined })],
  ['an id that is a number', 'schema', bytes('a', { id: 5 })],
  ['an empty user id', 'schema', bytes('a', { author: { id: '' } })],
  ['a time far ahead', 'schema', bytes('a', { sentAt: '2999-01-01T00:00:00Z' })],
  ['a time that is none', 'schema', bytes('a', { sentAt: 'yesterday' })],
  ['a lone surrogate', 'schema', bytes('\ud83d')],
  ['__proto__', 'schema', Buffer.from(bytes('a').toString().replace('{', '{"__proto__": {"a": 1},'))],
  ['more than 64 KiB', 'oversize', bytes('가'.repeat(22_000))],
  ['almost a megabyte', 'oversize', Buffer.alloc(1_000_000, 'x')],
]

describe.skipIf(mayNotRun('dead letters'))('a worker that is sent bad records', () => {
  let cluster: Cluster

  beforeAll(async () => {
    cluster = await Cluster.start({ workers: 1, feeds: 0 })
  }, 180_000)
  afterAll(() => cluster?.stop(), 60_000)

  test.each(BAD)(
    'makes %s a dead letter (%s) with its bytes and where it came from',
    async (_what, reason, value) => {
      const before = cluster.read.length
      const [produced] = await cluster.produce('chat.messages', [{ key: 'c1:e', value }])

      const letters = () =>
        cluster.read.slice(before).filter(({ topic }) => topic === 'moderation.dead-letters')
      await until(() => letters().length > 0)

      const [letter] = letters()
      if (value === null) expect(letter?.value).toBeNull()
      else expect(letter?.value?.equals(value)).toBe(true)
      expect(letter?.key).toBe('c1:e')
      expect(letter?.headers).toEqual({
        reason,
        topic: 'chat.messages',
        partition: String(produced?.partition),
        offset: produced?.baseOffset,
        detail: expect.stringMatching(/./),
      })
    },
  )

  test('never quotes the record in the detail', () => {
    const details = cluster.read.map(({ headers }) => headers.detail)

    for (const detail of details) expect(detail).not.toMatch(/yesterday|__proto__|xxx|가가/)
  })

  test('goes on with what comes after them, and commits them', async () => {
    await cluster.produce('chat.messages', [{ key: 'c1:e', value: '{' }, envelope('after', 'e', ABUSE)])

    const [after] = await cluster.verdictsOf('after')

    expect(after?.verdict).toBe('flag')
    await until(
      async () => (await lagOf(cluster.kafka, 'haechi', ['chat.messages', 'board.posts'])) === 0,
      5_000,
    )
  })
})
