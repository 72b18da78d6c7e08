import type { Kafka } from 'kafkajs'
import type { TopicPartition } from './source.js'

/**
 * Those of our partitions that hold nothing for us to fetch, with the offset of their end. Without a fetch
 * that finds something a consumer never learns its position, and a group that never committed shows a lag
 * on a partition whose records have all expired.
 */
export const fetchEmptyPartitions = async (
  kafka: Kafka,
  groupId: string,
  partitions: readonly TopicPartition[],
): Promise<readonly (TopicPartition & { readonly end: number })[]> => {
  const topics = [...new Set(partitions.map(({ topic }) => topic))]
  const admin = kafka.admin()
  try {
    await admin.connect()
    const committed = await admin.fetchOffsets({ groupId, topics })
    const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))
    return partitions.flatMap(({ topic, partition }) => {
      const bounds = ends[topics.indexOf(topic)]?.find((bound) => bound.partition === partition)
      const group = committed.find((found) => found.topic === topic)
      const reached = group?.partitions.find((found) => found.partition === partition)?.offset
      if (bounds === undefined || (bounds.low !== bounds.high && bounds.high !== reached)) return []
      return [{ topic, partition, end: Number(bounds.high) }]
    })
  } finally {
    await admin.disconnect().catch(() => {})
  }
}
