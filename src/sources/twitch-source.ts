import { type Envelope, encodeEnvelope, envelopeKey, partitionOf } from './envelope.js'
import {
  partitionName,
  type RecordSink,
  type Source,
  type SourceRecord,
  type TopicPartition,
} from './source.js'
import type { TwitchClient, TwitchLogger } from './twitch-client.js'

export const TWITCH_TOPIC = 'twitch'
export const TWITCH_PARTITIONS = 4
/** A minute of the busiest chats. */
const MAX_WAITING = 10_000

export interface TwitchSourceOptions {
  readonly client: Pick<TwitchClient, 'start' | 'close'>
  readonly log: TwitchLogger
  /**
   * When this run began, ms since the epoch. Offsets start at its thousandfold, so they stay above those of
   * any earlier run while fewer than a million lines a second arrive.
   */
  readonly startMs: number
  readonly now?: () => number
  readonly maxWaiting?: number
}

const twitchPartitions: readonly TopicPartition[] = Array.from(
  { length: TWITCH_PARTITIONS },
  (_, partition) => ({
    topic: TWITCH_TOPIC,
    partition,
  }),
)

/**
 * Chat lines as topic `twitch`, partitions 0..3 by user. Chat cannot be read again: a paused partition's lines
 * wait here, up to `maxWaiting` in all; beyond that the newest are dropped and counted in the log.
 */
export const createTwitchSource = (options: TwitchSourceOptions): Source => {
  const { client, log, startMs, now = Date.now, maxWaiting = MAX_WAITING } = options
  const paused = new Set<string>()
  let sink: RecordSink | undefined
  let waiting: SourceRecord[] = []
  let read = 0
  let dropped = 0

  const toRecord = (envelope: Envelope): SourceRecord => {
    const key = envelopeKey(envelope)
    return {
      topic: TWITCH_TOPIC,
      partition: partitionOf(key, TWITCH_PARTITIONS),
      offset: startMs * 1000 + read++,
      key: Buffer.from(key),
      value: encodeEnvelope(envelope),
      timestampMs: now(),
    }
  }

  const deliver = (record: SourceRecord): void => {
    if (!paused.has(partitionName(record))) sink?.accept(record, [record])
    else if (waiting.length < maxWaiting) waiting.push(record)
    else if (dropped++ === 0)
      log.error({ waiting: waiting.length }, 'judging is too slow: dropping chat lines')
  }

  const resume = (partition: TopicPartition): void => {
    paused.delete(partitionName(partition))
    const ready = waiting
    waiting = []
    // Accepting may pause the partition again: what is left then waits on.
    for (const record of ready) deliver(record)
    if (dropped > 0 && waiting.length === 0) {
      log.warn({ dropped }, 'judging keeps up again')
      dropped = 0
    }
  }

  return {
    start: async (to) => {
      sink = to
      to.assign(twitchPartitions)
      await client.start((envelope) => deliver(toRecord(envelope)))
    },
    setPaused: (partition, isPaused) => {
      if (isPaused) paused.add(partitionName(partition))
      else resume(partition)
    },
    commit: async () => 'ok',
    close: () => client.close(),
  }
}
