import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kafka } from 'kafkajs'
import kafkajs from 'kafkajs'
import { createKafka, type KafkaLogger } from '../../src/sources/kafka-client.js'
import { KafkaSource, type KafkaSourceOptions } from '../../src/sources/kafka-source.js'
import {
  partitionName,
  type RecordSink,
  type SourceRecord,
  type TopicPartition,
} from '../../src/sources/source.js'

/** Where the real Kafka is; undefined: this run has none. */
export const brokers = process.env.KAFKA_BROKERS?.split(',')

export const silent: KafkaLogger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export const connect = (log: KafkaLogger = silent, addresses: readonly string[] = brokers ?? []): Kafka =>
  createKafka({ brokers: addresses, clientId: 'haechi-test' }, log)

export const uniqueName = (what: string): string => `test.${what}.${randomUUID()}`

/** Polls: what happens on a broker announces itself to nobody. */
export const until = async (claim: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> => {
  for (const deadline = Date.now() + timeoutMs; !(await claim()); await sleep(20))
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${claim}`)
}

export const withAdmin = async <T>(kafka: Kafka, use: (admin: ReturnType<Kafka['admin']>) => Promise<T>) => {
  const admin = kafka.admin()
  await admin.connect()
  try {
    return await use(admin)
  } finally {
    await admin.disconnect()
  }
}

export const createTopic = async (kafka: Kafka, topic: string, numPartitions: number): Promise<string> => {
  await withAdmin(kafka, (admin) => admin.createTopics({ topics: [{ topic, numPartitions }] }))
  return topic
}

export interface Produced {
  readonly topic: string
  readonly partition?: number
  readonly key?: string
  readonly value: string | Buffer | null
  readonly headers?: Record<string, string>
}

export const produce = async (kafka: Kafka, records: readonly Produced[], compression = 0): Promise<void> => {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  for (const { topic, ...message } of records)
    await producer.send({ topic, messages: [message], compression })
  await producer.disconnect()
}

/** Sum over all partitions of end - committed, as an outside tool counts it. */
export const groupLag = (kafka: Kafka, groupId: string, topic: string): Promise<number> =>
  withAdmin(kafka, async (admin) => {
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
    const ends = await admin.fetchTopicOffsets(topic)
    return ends.reduce((sum, { partition, high }) => {
      const offset = committed?.partitions.find((found) => found.partition === partition)?.offset
      return sum + Number(high) - Number(offset ?? -1)
    }, 0)
  })

/** Keeps what it is given and, while `commits` is on, commits it at once. */
export class CollectingSink implements RecordSink {
  readonly records: SourceRecord[] = []
  readonly assignments: (readonly TopicPartition[])[] = []
  readonly gaps: string[] = []
  readonly #next = new Map<string, number>()
  onRecords: (partition: TopicPartition, records: readonly SourceRecord[]) => void = () => {}

  assign(partitions: readonly TopicPartition[]): void {
    this.assignments.push(partitions)
    this.#next.clear()
  }

  accept(partition: TopicPartition, records: readonly SourceRecord[]): void {
    const name = partitionName(partition)
    for (const record of records) {
      const next = this.#next.get(name) ?? record.offset
      if (record.offset !== next) this.gaps.push(`${name}: ${record.offset} after ${next - 1}`)
      this.#next.set(name, record.offset + 1)
      this.records.push(record)
    }
    this.onRecords(partition, records)
  }

  get values(): readonly string[] {
    return this.records.map(({ value }) => String(value))
  }
}

const unexpected = (error: Error): void => {
  throw error
}

const opened: KafkaSource[] = []

/** A source that `closeSources` closes. */
export const openSource = (options: Partial<KafkaSourceOptions> & { readonly kafka: Kafka }): KafkaSource => {
  const source = new KafkaSource({
    log: silent,
    onCrash: unexpected,
    groupId: uniqueName('group'),
    ...options,
  })
  opened.push(source)
  return source
}

export const closeSources = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map((source) => source.close()))
}
