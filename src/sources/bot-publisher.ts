import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilAvailable } from '../retry.js'
import { type Envelope, encodeEnvelope, envelopeKey } from './envelope.js'
import { kafkaUnavailable } from './kafka-client.js'
import { CHAT_TOPIC } from './kafka-topics.js'
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

class KafkaPublisher implements BotPublisher {
  readonly #options: BotPublisherOptions
  readonly #topic: string
  readonly #maxWaiting: number
  readonly #waiting: ProducerMessage[] = []
  readonly #stop = new AbortController()
  #inFlight = 0
  #isAway = false
  #dropped = 0
  #running: Promise<void> | undefined
  #closed: Promise<void> | undefined

  constructor(options: BotPublisherOptions) {
    this.#options = options
    this.#topic = options.topic ?? CHAT_TOPIC
    this.#maxWaiting = options.maxWaiting ?? 50_000
  }

  publish(envelope: Envelope): void {
    if (this.#closed !== undefined) return
    this.#waiting.push(toMessage(envelope, this.#options.now?.() ?? Date.now()))
    const excess = this.#waiting.length - this.#maxWaiting
    if (excess > 0) this.#drop(this.#waiting.splice(0, excess).length)
    this.#running ??= this.#run()
  }

  waiting(): number {
    return this.#waiting.length + this.#inFlight
  }

  close(): Promise<void> {
    this.#closed ??= this.#flush()
    return this.#closed
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    try {
      await sleep(this.#options.lingerMs ?? 20, undefined, { signal })
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, MAX_BATCH)
        this.#inFlight = batch.length
        await untilAvailable(
          () => this.#send(batch),
          signal,
          (error) => this.#onFailure(error),
        )
        this.#inFlight = 0
      }
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      this.#running = undefined
    }
  }

  async #send(messages: ProducerMessage[]): Promise<void> {
    const { producer, log, onPublished } = this.#options
    try {
      // kafkajs returns at once when it is connected.
      await producer.connect()
      await producer.send({ topic: this.#topic, acks: -1, messages })
    } catch (error) {
      throw kafkaUnavailable(`publish to ${this.#topic}`, error)
    }
    onPublished?.(messages.length)
    if (this.#isAway) log.info({ dropped: this.#dropped }, 'Kafka takes chat lines again')
    this.#isAway = false
    this.#dropped = 0
  }

  #onFailure(error: Error): void {
    if (this.#isAway) return
    this.#isAway = true
    const fields = { topic: this.#topic, maxWaiting: this.#maxWaiting, error: error.message }
    this.#options.log.warn(fields, 'Kafka is away; chat lines wait in memory')
  }

  #drop(lines: number): void {
    const fields = { topic: this.#topic, maxWaiting: this.#maxWaiting }
    if (this.#dropped === 0)
      this.#options.log.error(fields, 'too many chat lines wait for Kafka; dropping the oldest')
    this.#dropped += lines
    this.#options.onDropped?.(lines)
  }

  async #flush(): Promise<void> {
    const { producer, log, flushMs = 5000, onDropped } = this.#options
    if (this.#waiting.length > 0) this.#running ??= this.#run()
    await Promise.race([this.#running, sleep(flushMs, undefined, { ref: false })])
    this.#stop.abort()
    const lines = this.waiting()
    if (lines > 0) {
      log.error({ topic: this.#topic, lines }, 'chat lines lost: Kafka did not take them before the end')
      onDropped?.(lines)
    }
    await producer.disconnect().catch(() => {})
  }
}

/**
 * Publishes chat lines to Kafka in order, in batches, at least once. While Kafka is away lines wait, up to
 * `maxWaiting` (50,000); then the oldest go, for chat that is minutes old helps moderators least.
 */
export const createBotPublisher = (options: BotPublisherOptions): BotPublisher => new KafkaPublisher(options)
