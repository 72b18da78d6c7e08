import { within } from './deadline.js'
import { oncePer } from './once-per.js'
import { createRelay, type Relay, type RelayPorts } from './queue/relay.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'

/** A relay that was refused tries again this often, also when no message comes. */
const RELAY_EVERY_MS = 1_000
const LAST_DRAIN_WITHIN_MS = 1_500
/** With a dependency away every partition is refused every second: the log need not hear each. */
const WARN_EVERY_MS = 5_000

export interface OutboxRelayOptions {
  readonly ports: Omit<RelayPorts, 'hooks'>
  readonly metrics: Metrics
  readonly logger: Logger
}

/** Publishes the outboxes of some partitions, and tells the log when that has to wait. */
export class OutboxRelay {
  partitions: readonly string[] = []
  readonly #options: OutboxRelayOptions
  readonly #relay: Relay
  readonly #timer: NodeJS.Timeout
  readonly #onRefused: (refusal: { readonly partition: string; readonly error: string }) => void

  constructor(options: OutboxRelayOptions) {
    const { ports, metrics, logger } = options
    this.#options = options
    this.#onRefused = oncePer(WARN_EVERY_MS, (refusal) =>
      logger.warn(refusal, 'the outbox is not published yet; trying again'),
    )
    this.#relay = createRelay({
      ...ports,
      hooks: {
        onQueued: (result) => metrics.alerts.inc({ result }),
        onPublished: (seconds) => metrics.stage.observe({ stage: 'publish' }, seconds),
      },
    })
    // A crash between effects and publishing leaves entries that no new message would push out.
    this.#timer = setInterval(() => void this.#drainAll(), RELAY_EVERY_MS)
  }

  /** Never rejects: what could not be published is tried again by itself. */
  async drain(partition: string): Promise<void> {
    try {
      await this.#relay.drain(partition)
    } catch (error) {
      this.#onRefused({ partition, error: String(error) })
    }
  }

  /** Sets the outbox gauges. */
  async observe(): Promise<void> {
    const { ports, metrics } = this.#options
    const depths = await Promise.all(this.partitions.map((partition) => ports.outbox.depth(partition)))
    metrics.outboxMessages.set(depths.reduce((sum, { entries }) => sum + entries, 0))
    metrics.outboxOldest.set(Math.max(0, ...depths.map(({ oldestMs }) => oldestMs)) / 1000)
  }

  /** Publishes what is left, if that is quick; the next owner does the rest. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await within(LAST_DRAIN_WITHIN_MS, this.#drainAll())
  }

  async #drainAll(): Promise<void> {
    await Promise.all(this.partitions.map((partition) => this.drain(partition)))
  }
}
