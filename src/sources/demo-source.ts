import type { Emote } from '../domain/message.js'
import { type DemoLine, demoScript } from './demo/script.js'
import { EMOTE_IDS } from './demo/slots.js'
import { type Envelope, encodeEnvelope, envelopeKey, partitionOf } from './envelope.js'
import {
  partitionName,
  type RecordSink,
  type Source,
  type SourceRecord,
  type TopicPartition,
} from './source.js'

export const DEMO_TOPIC = 'demo'
export const DEMO_PARTITIONS = 4

export interface DemoOptions {
  readonly seed: number
  /** Mean arrivals a second; real chat bursts to several times this. */
  readonly ratePerSecond: number
  /** Ends after so many lines; endless when absent. */
  readonly total?: number
  /**
   * When this run began, ms since the epoch. Offsets start at its thousandfold, so they stay above those of
   * any earlier run (below 2^53 until the year 2255) while fewer than a million lines a second arrive.
   */
  readonly startMs: number
  readonly now?: () => number
}

/** Emotes by name in a text whose words are separated by spaces; half-open, in code points. */
export const findEmotes = (text: string): readonly Emote[] => {
  let start = 0
  return text.split(' ').flatMap((word) => {
    const from = start
    const end = from + [...word].length
    start = end + 1
    const id = EMOTE_IDS[word]
    return id === undefined ? [] : [{ id, start: from, end }]
  })
}

const toEnvelope = (line: DemoLine, id: string, sentAtMs: number): Envelope => ({
  id,
  source: line.channel.kind === 'board' ? 'board' : 'demo',
  channel: { id: line.channel.id, name: line.channel.name },
  author: line.author,
  text: line.text,
  ...(line.title === undefined ? {} : { title: line.title }),
  emotes: line.channel.kind === 'board' ? [] : findEmotes(line.text),
  sentAt: new Date(sentAtMs).toISOString(),
  lang: line.channel.language,
})

const toRecord = (line: DemoLine, index: number, startMs: number, nowMs: number): SourceRecord => {
  const envelope = toEnvelope(line, `demo-${startMs.toString(36)}-${index}`, nowMs)
  const key = envelopeKey(envelope)
  return {
    topic: DEMO_TOPIC,
    partition: partitionOf(key, DEMO_PARTITIONS),
    offset: startMs * 1000 + index,
    key: Buffer.from(key),
    value: encodeEnvelope(envelope),
    timestampMs: nowMs,
  }
}

const demoPartitions: readonly TopicPartition[] = Array.from({ length: DEMO_PARTITIONS }, (_, partition) => ({
  topic: DEMO_TOPIC,
  partition,
}))

/**
 * A seeded stream of invented Korean and English chat lines and board posts at the pace of a live channel:
 * topic `demo`, partitions 0..3 by user. While any partition is paused nothing is produced, so nothing is lost.
 */
export const createDemoSource = (options: DemoOptions): Source => {
  const { startMs, total = Number.POSITIVE_INFINITY, now = Date.now } = options
  const meanGapMs = 1000 / options.ratePerSecond
  const script = demoScript(options.seed)
  const paused = new Set<string>()
  let sent = 0
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const run = (sink: RecordSink, onEnd: () => void): void => {
    let dueMs = now()
    let line = script.next().value
    const step = (): void => {
      if (isClosed) return
      // A pause or a slow timer must not be followed by a flood: the schedule slips by the time lost.
      dueMs = Math.max(dueMs, now() - MAX_CATCH_UP_MS)
      while (paused.size === 0 && sent < total && dueMs <= now()) {
        const record = toRecord(line, sent++, startMs, now())
        sink.accept(record, [record])
        line = script.next().value
        dueMs += line.gap * meanGapMs
      }
      if (sent >= total) onEnd()
      else timer = setTimeout(step, paused.size > 0 ? PAUSE_POLL_MS : Math.max(1, dueMs - now()))
    }
    step()
  }

  return {
    start: async (sink, onEnd) => {
      sink.assign(demoPartitions)
      run(sink, onEnd)
    },
    setPaused: (partition, isPaused) => {
      if (isPaused) paused.add(partitionName(partition))
      else paused.delete(partitionName(partition))
    },
    commit: async () => 'ok',
    close: async () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

const MAX_CATCH_UP_MS = 1000
const PAUSE_POLL_MS = 20
