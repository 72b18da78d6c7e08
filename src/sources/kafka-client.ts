import kafkajs, { type Kafka, type KafkaConfig, type LogEntry } from 'kafkajs'
import { UnavailableError } from '../errors.js'
import { registerCodecs } from './kafka-codecs.js'
import { patchKafkajs } from './kafka-patches.js'

/** Where kafkajs's own lines and ours go: fields, then a sentence. */
export interface KafkaLogger {
  debug(fields: Record<string, unknown>, message: string): void
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

export interface KafkaConnection extends Pick<KafkaConfig, 'ssl' | 'sasl'> {
  /** `host:port` each. */
  readonly brokers: readonly string[]
  readonly clientId: string
}

/** The one place that makes a Kafka client. It connects when its consumer, producer or admin does. */
export const createKafka = ({ brokers, ...connection }: KafkaConnection, log: KafkaLogger): Kafka => {
  registerCodecs()
  patchKafkajs()
  return new kafkajs.Kafka({
    ...connection,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    // About three seconds in all: then the caller, or the consumer's restart, tries again and says so.
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => bridge(log),
  })
}

const REPEAT_AFTER_MS = 10_000
const MAX_REMEMBERED = 100

// kafkajs repeats one complaint at every attempt, and calls errors what it goes on to retry.
const bridge = (log: KafkaLogger): ((entry: LogEntry) => void) => {
  const saidAtMs = new Map<string, number>()
  return ({ level, namespace, log: { message, timestamp: _, stack: __, logger: ___, ...rest } }) => {
    const nowMs = Date.now()
    const isRepeated = nowMs - (saidAtMs.get(message) ?? Number.NEGATIVE_INFINITY) < REPEAT_AFTER_MS
    const say = level > kafkajs.logLevel.WARN || isRepeated ? 'debug' : 'warn'
    if (say === 'warn') {
      if (saidAtMs.size >= MAX_REMEMBERED) saidAtMs.clear()
      saidAtMs.set(message, nowMs)
    }
    log[say]({ kafkajs: namespace, ...rest }, `kafka: ${message}`)
  }
}

/** Kafka's own error in ours, for `untilAvailable`. */
export const kafkaUnavailable = (doing: string, cause: unknown): UnavailableError =>
  new UnavailableError(`cannot ${doing}: ${reasonOf(cause)}; check KAFKA_BROKERS and the broker`, { cause })

// An aggregate's own message says only that something failed.
const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause)
  const parts = 'errors' in cause && Array.isArray(cause.errors) ? cause.errors : []
  return parts.length === 0 ? cause.message : parts.map(reasonOf).join('; ')
}
