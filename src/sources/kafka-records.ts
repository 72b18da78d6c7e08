import type { Batch, IHeaders, KafkaMessage } from 'kafkajs'
import type { SourceRecord } from './source.js'

/** The records of a fetched batch, in offset order. */
export const recordsOf = ({ topic, partition, messages }: Batch): readonly SourceRecord[] =>
  messages.map((message) => recordOf(topic, partition, message))

/** One record as the broker delivered it. */
export const recordOf = (topic: string, partition: number, message: KafkaMessage): SourceRecord => {
  const traceparent = headerText(message.headers?.traceparent)
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key,
    value: message.value,
    timestampMs: Number(message.timestamp),
    ...(traceparent === undefined ? {} : { traceparent }),
  }
}

// A header may be repeated: the last one counts.
const headerText = (header: IHeaders[string]): string | undefined =>
  (Array.isArray(header) ? header.at(-1) : header)?.toString()
