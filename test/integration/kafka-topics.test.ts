import { describe, expect, test } from 'vitest'
import { ALL_TOPICS, ensureTopics } from '../../src/sources/kafka-topics.js'
import { brokers, connect, createTopic, silent, uniqueName, withAdmin } from './kafka-helpers.js'

describe.skipIf(brokers === undefined)('topics', () => {
  const kafka = connect()
  const partitionsOf = (topics: readonly string[]) =>
    withAdmin(kafka, async (admin) => {
      const metadata = await admin.fetchTopicMetadata({ topics: [...topics] })
      const found = new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]))
      return topics.map((topic) => found.get(topic))
    })

  test('all five exist afterwards, and a second call creates none', async () => {
    await ensureTopics(kafka, { partitions: 12 })

    expect(await ensureTopics(kafka, { partitions: 12 })).toEqual([])
    expect(await withAdmin(kafka, (admin) => admin.listTopics())).toEqual(
      expect.arrayContaining([...ALL_TOPICS]),
    )
  })

  test('only missing ones are created; what is there stays as it is', async () => {
    const there = await createTopic(kafka, uniqueName('there'), 2)
    const missing = uniqueName('missing')

    expect(await ensureTopics(kafka, { partitions: 5 }, [there, missing])).toEqual([missing])
    expect(await partitionsOf([there, missing])).toEqual([2, 5])
  })

  test('creators that race all succeed', async () => {
    const topics = Array.from({ length: 4 }, (_, i) => uniqueName(`race-${i}`))

    await Promise.all(Array.from({ length: 5 }, () => ensureTopics(connect(), { partitions: 3 }, topics)))

    expect(await partitionsOf(topics)).toEqual([3, 3, 3, 3])
  })

  test('a replication that the cluster cannot give is told', async () => {
    await expect(
      ensureTopics(kafka, { partitions: 1, replication: 99 }, [uniqueName('wide')]),
    ).rejects.toMatchObject({
      code: 'HAECHI_UNAVAILABLE',
      message: expect.stringMatching(/cannot create the topics: .*[Rr]eplication/),
    })
  })

  test('a broker that is away is told', async () => {
    await expect(ensureTopics(connect(silent, ['127.0.0.1:1']), { partitions: 1 })).rejects.toMatchObject({
      code: 'HAECHI_UNAVAILABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })
})
