import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilAvailable } from '../retry.js'
import { type Envelope, encodeEnvelope, envelopeKey } from './envelope.js'
import { kafkaUnavailable } from './kafka-client.js'
import type { TwitchLogger } from './twitch-client.js'

interface ProducerMessage {
  readonly key: string
  readonly value: Buffer
  readonly timestamp: string
  readonly headers: { readonly traceparent: string }
}

/** The part of a kafkajs producer that is used. */
export interface ProducerPort {
  connect(): Promise<void>
  send(record: { topic: string; acks: number; messages: ProducerMessage[] }): Promise<unknown>
  disconnect(): Promise<void>
}

export interface BotPublisherOptions {
  readonly producer: ProducerPort
  readonly log: TwitchLogger
  readonly topic?: string
  /** Lines kept while Kafka is away; beyond it the oldest are dropped. */
  readonly maxWaiting?: number
  /** How long a line may wait for company before its batch leaves. */
  readonly lingerMs?: number
  /** How long `close` tries to publish what waits. */
  readonly flushMs?: number
  readonly now?: () => number
  readonly onPublished?: (lines: number) => void
  readonly onDropped?: (lines: number) => void
}

export interface BotPublisher {
  /** Returns at once and never throws. */
  publish(envelope: Envelope): void
  /** Lines not yet taken by Kafka. */
  waiting(): number
  /** Publishes what waits, at the latest until `flushMs`, then disconnects. Safe to call twice. */
  close(): Promise<void>
}

const MAX_BATCH = 500

/** A fresh sampled W3C trace context: https://www.w3.org/TR/trace-context/#traceparent-header */
export const newTraceparent = (): string => {
  const ids = randomBytes(24).toString('hex')
  return `00-${ids.slice(0, 32)}-${ids.slice(32)}-01`
}

const toMessage = (envelope: Envelope, nowMs: number): ProducerMessage => ({
  key: envelopeKey(envelope),
  value: encodeEnvelope(envelope),
  timestamp: String(nowMs),
  headers: { traceparent: newTraceparent() },
})

/**
 * Publishes chat lines to Kafka in order, in batches, at least once. While Kafka is away lines wait, up to
 * `maxWaiting`; then the oldest go, for chat that is minutes old helps moderators least.
 */
export const createBotPublisher = (options: BotPublisherOptions): BotPublisher => {
  const {
    producer,
    log,
    topic = 'chat.messages',
    maxWaiting = 50_000,
    lingerMs = 20,
    flushMs = 5000,
  } = options
  const { now = Date.now, onPublished = () => {}, onDropped = () => {} } = options
  const stop = new AbortController()
  const waiting: ProducerMessage[] = []
  let inFlight = 0
  let isAway = false
  let dropped = 0
  let running: Promise<void> | undefined
  let closing: Promise<void> | undefined

  const send = async (messages: ProducerMessage[]): Promise<void> => {
    try {
      // kafkajs returns at once when it is connected.
      await producer.connect()
      await producer.send({ topic, acks: -1, messages })
    } catch (error) {
      throw kafkaUnavailable(`publish to ${topic}`, error)
    }
    onPublished(messages.length)
    if (isAway) log.info({ topic, waiting: waiting.length, dropped }, 'Kafka takes chat lines again')
    isAway = false
    dropped = 0
  }

  const onFailure = (error: Error): void => {
    if (!isAway)
      log.warn({ topic, maxWaiting, error: error.message }, 'Kafka is away; chat lines wait in memory')
    isAway = true
  }

  const run = async (): Promise<void> => {
    try {
      await sleep(lingerMs, undefined, { signal: stop.signal })
      while (waiting.length > 0) {
        const batch = waiting.splice(0, MAX_BATCH)
        inFlight = batch.length
        await untilAvailable(() => send(batch), stop.signal, onFailure)
        inFlight = 0
      }
    } catch (error) {
      if (!stop.signal.aborted) throw error
    } finally {
      running = undefined
    }
  }

  const drop = (lines: number): void => {
    if (dropped === 0)
      log.error({ topic, maxWaiting }, 'too many chat lines wait for Kafka; dropping the oldest')
    dropped += lines
    onDropped(lines)
  }

  const close = async (): Promise<void> => {
    if (waiting.length > 0) running ??= run()
    await Promise.race([running, sleep(flushMs, undefined, { ref: false })])
    stop.abort()
    const left = waiting.length + inFlight
    if (left > 0) {
      log.error({ topic, lines: left }, 'chat lines lost: Kafka did not take them before the end')
      onDropped(left)
    }
    await producer.disconnect().catch(() => {})
  }

  return {
    publish: (envelope) => {
      if (closing !== undefined) return
      waiting.push(toMessage(envelope, now()))
      if (waiting.length > maxWaiting) drop(waiting.splice(0, waiting.length - maxWaiting).length)
      running ??= run()
    },
    waiting: () => waiting.length + inFlight,
    close: () => (closing ??= close()),
  }
}
