import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs, { type Kafka, type KafkaMessage } from 'kafkajs'
import type { StreamRecord } from '../fixtures/stream-generator.js'

export interface Kept {
  readonly topic: string
  readonly partition: number
  readonly message: KafkaMessage
}

const BATCH = 500

/** Produces at `perSecond`, keyed, in order. */
export const produceAll = async (
  kafka: Kafka,
  records: readonly StreamRecord[],
  perSecond: number,
  onProgress: (done: number) => void,
): Promise<void> => {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  const start = performance.now()
  for (let done = 0; done < records.length; done += BATCH) {
    const batch = records.slice(done, done + BATCH)
    const byTopic = new Map<string, { key: string; value: Buffer }[]>()
    for (const { topic, key, value } of batch)
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), { key, value }])
    await producer.sendBatch({
      topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })),
    })
    onProgress(done + batch.length)
    await sleep(Math.max(0, ((done + batch.length) / perSecond) * 1000 - (performance.now() - start)))
  }
  await producer.disconnect()
}

/** The records of a group that it has not committed yet, over all partitions of the topics. */
export const lagOf = async (kafka: Kafka, groupId: string, topics: readonly string[]): Promise<number> => {
  const admin = kafka.admin()
  await admin.connect()
  try {
    let lag = 0
    for (const topic of topics) {
      const ends = await admin.fetchTopicOffsets(topic)
      const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
      for (const { partition, high } of ends) {
        const offset = Number(committed?.partitions.find((p) => p.partition === partition)?.offset ?? -1)
        lag += Number(high) - Math.max(0, offset)
      }
    }
    return lag
  } finally {
    await admin.disconnect()
  }
}

/** Everything that is in a topic now, each partition in its order. */
export const readTopic = async (kafka: Kafka, topic: string): Promise<readonly Kept[]> => {
  const admin = kafka.admin()
  await admin.connect()
  const left = new Map(
    (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
  )
  await admin.disconnect()
  const kept: Kept[] = []
  const isDone = (): boolean => [...left.values()].every((end) => end <= 0)
  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  const read = new Promise<void>((resolve) => {
    if (isDone()) resolve()
    void consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        kept.push({ topic, partition, message })
        if (Number(message.offset) + 1 >= (left.get(partition) ?? 0)) left.set(partition, 0)
        if (isDone()) resolve()
      },
    })
  })
  await read
  await consumer.disconnect()
  return kept.sort((a, b) => a.partition - b.partition || Number(a.message.offset) - Number(b.message.offset))
}
