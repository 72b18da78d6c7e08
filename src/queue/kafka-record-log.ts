import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs'
import { kafkaUnavailable } from '../sources/kafka-client.js'
import { DEAD_LETTERS_TOPIC, DECISIONS_TOPIC, VERDICTS_TOPIC } from '../sources/kafka-topics.js'
import type { DeadLetter, KeyedRecord, RecordLog } from './record-log.js'

/** A topic takes about 1 MB a batch by default, and kafkajs makes one batch of what it is given. */
const MAX_BATCH_BYTES = 256 * 1024
/** What is kept of a value that the broker refuses even compressed. */
const MAX_REFUSED_BYTES = 512 * 1024
/** By record: key, offsets, timestamps, headers. */
const OVERHEAD_BYTES = 512

const ALL_REPLICAS = -1

/**
 * Publishes to `moderation.*`. Every method throws UnavailableError when the broker did not take the
 * records; some may be there all the same, and come again.
 */
export class KafkaRecordLog implements RecordLog {
  readonly #producer: Producer
  #connected: Promise<void> | null = null
  #closed: Promise<void> | null = null

  constructor(kafka: Kafka) {
    this.#producer = kafka.producer({
      idempotent: false,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    })
  }

  verdicts(records: readonly KeyedRecord[]): Promise<void> {
    return this.#publish(VERDICTS_TOPIC, records.map(plain))
  }

  decisions(records: readonly KeyedRecord[]): Promise<void> {
    return this.#publish(DECISIONS_TOPIC, records.map(plain))
  }

  /**
   * Gzipped, for a record near the broker's limit must pass with its headers. Should the broker still refuse
   * one, its value is cut and the header `truncated` gives the original length in bytes.
   */
  async deadLetters(letters: readonly DeadLetter[]): Promise<void> {
    for (const group of inBatches(letters, ({ value }) => value?.length ?? 0)) {
      try {
        await this.#send(DEAD_LETTERS_TOPIC, group.map(deadLetter), kafkajs.CompressionTypes.GZIP)
      } catch (error) {
        if (!isTooLarge(error)) throw error
        for (const letter of group) await this.#sendCut(letter)
      }
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#producer.disconnect()
    return this.#closed
  }

  async #publish(topic: string, messages: readonly Message[]): Promise<void> {
    for (const group of inBatches(messages, ({ value }) => value?.length ?? 0)) await this.#send(topic, group)
  }

  async #sendCut(letter: DeadLetter): Promise<void> {
    const { value, ...message } = deadLetter(letter)
    const length = letter.value?.length ?? 0
    const headers = { ...message.headers, truncated: String(length) }
    const cut = { ...message, value: letter.value?.subarray(0, MAX_REFUSED_BYTES) ?? null, headers }
    const isShort = length <= MAX_REFUSED_BYTES
    await this.#send(
      DEAD_LETTERS_TOPIC,
      [isShort ? { ...message, value } : cut],
      kafkajs.CompressionTypes.GZIP,
    )
  }

  async #send(topic: string, messages: readonly Message[], compression = kafkajs.CompressionTypes.None) {
    try {
      await this.#connect()
      await this.#producer.send({ topic, messages: [...messages], acks: ALL_REPLICAS, compression })
    } catch (error) {
      throw kafkaUnavailable(`publish to ${topic}`, error)
    }
  }

  #connect(): Promise<void> {
    this.#connected ??= this.#producer.connect().catch((error: unknown) => {
      this.#connected = null
      throw error
    })
    return this.#connected
  }
}

const plain = ({ key, value }: KeyedRecord): Message => ({ key, value })

const deadLetter = ({
  reason,
  topic,
  partition,
  offset,
  detail,
  key,
  value,
  traceparent,
}: DeadLetter): Message => ({
  key,
  value,
  headers: {
    reason,
    topic,
    partition: String(partition),
    offset: String(offset),
    detail,
    ...(traceparent === undefined ? {} : { traceparent }),
  },
})

/** In order, in groups of at most `MAX_BATCH_BYTES`; a larger item is alone. */
const inBatches = <T>(items: readonly T[], bytesOf: (item: T) => number): readonly (readonly T[])[] => {
  const groups: T[][] = []
  let room = 0
  for (const item of items) {
    const bytes = bytesOf(item) + OVERHEAD_BYTES
    if (bytes > room) {
      groups.push([])
      room = MAX_BATCH_BYTES
    }
    groups.at(-1)?.push(item)
    room -= bytes
  }
  return groups
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error &&
  (('type' in error && error.type === 'MESSAGE_TOO_LARGE') || isTooLarge(error.cause))
