import type { Admin, Kafka } from 'kafkajs'
import { kafkaUnavailable } from './kafka-client.js'

export const CHAT_TOPIC = 'chat.messages'
export const BOARD_TOPIC = 'board.posts'
export const VERDICTS_TOPIC = 'moderation.verdicts'
export const DECISIONS_TOPIC = 'moderation.decisions'
export const DEAD_LETTERS_TOPIC = 'moderation.dead-letters'

export const INPUT_TOPICS = [CHAT_TOPIC, BOARD_TOPIC] as const
export const ALL_TOPICS = [...INPUT_TOPICS, VERDICTS_TOPIC, DECISIONS_TOPIC, DEAD_LETTERS_TOPIC] as const

export interface TopicLayout {
  readonly partitions: number
  /** Default: three, or as many as there are brokers. */
  readonly replication?: number
}

// A record as large as a broker takes by default must still fit when the dead letter's headers join it.
const DEAD_LETTER_CONFIG = [{ name: 'max.message.bytes', value: String(2 * 1024 * 1024) }]

/**
 * Creates those of the topics (all five) that are missing and waits until all can be used; gives the names of the
 * missing ones. Losing the race against another creator is fine.
 * @throws UnavailableError when the broker is away or refuses
 */
export const ensureTopics = async (
  kafka: Kafka,
  layout: TopicLayout,
  topics: readonly string[] = ALL_TOPICS,
): Promise<readonly string[]> => {
  const admin = kafka.admin()
  try {
    await admin.connect()
    const existing = new Set(await admin.listTopics())
    const missing = topics.filter((topic) => !existing.has(topic))
    if (missing.length > 0) await create(admin, missing, layout)
    return missing
  } catch (error) {
    throw kafkaUnavailable('create the topics', error)
  } finally {
    await admin.disconnect().catch(() => {})
  }
}

const create = async (admin: Admin, missing: readonly string[], layout: TopicLayout): Promise<void> => {
  const { brokers } = await admin.describeCluster()
  const replicationFactor = layout.replication ?? Math.min(3, brokers.length)
  // One request a topic: a topic that another creator was quicker with must not fail the others.
  for (const topic of missing) {
    const configEntries = topic === DEAD_LETTERS_TOPIC ? DEAD_LETTER_CONFIG : []
    const spec = { topic, numPartitions: layout.partitions, replicationFactor, configEntries }
    await admin.createTopics({ topics: [spec], waitForLeaders: false })
  }
  await untilLed(admin, missing)
}

const LEADER_TRIES = 50
const LEADER_WAIT_MS = 100

const untilLed = async (admin: Admin, topics: readonly string[]): Promise<void> => {
  for (let left = LEADER_TRIES; ; left -= 1) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] })
      if (found.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return
    } catch (error) {
      if (left <= 0) throw error
    }
    if (left <= 0) throw new Error(`topics without a leader: ${topics.join(', ')}`)
    await new Promise((resolve) => setTimeout(resolve, LEADER_WAIT_MS))
  }
}
