import type { ModerationQueue } from './moderation-queue.js'
import type { Outbox, OutboxEntry } from './outbox.js'
import type { KeyedRecord, RecordLog } from './record-log.js'

const BATCH = 256

export interface RelayHooks {
  /** One case was offered to the moderation queue. */
  readonly onQueued?: (result: 'ok' | 'duplicate' | 'error') => void
  readonly onPublished?: (seconds: number) => void
}

export interface RelayPorts {
  readonly outbox: Outbox
  readonly log: RecordLog
  readonly queue: ModerationQueue
  readonly hooks?: RelayHooks
}

export interface Relay {
  /**
   * Publishes all that waits in the partition's outbox and gives how many entries that was. Calls for one
   * partition at the same time share their work. Rejects when a sink or the store is away; nothing is lost:
   * call again.
   */
  drain(partition: string): Promise<number>
}

const toRecord = ({ key, value }: KeyedRecord): KeyedRecord => ({ key, value })

// Jobs go in parallel: a job completed before it is added stays completed, so their order is free.
const work = async ({ queue, hooks }: RelayPorts, entry: OutboxEntry): Promise<void> => {
  if (entry.kind === 'case-closed') await queue.complete(entry.jobId)
  if (entry.kind !== 'case-opened') return
  try {
    const result = await queue.add(entry.jobId, entry.snapshot)
    hooks?.onQueued?.(result)
  } catch (error) {
    hooks?.onQueued?.('error')
    throw error
  }
}

const publish = async (ports: RelayPorts, entries: readonly OutboxEntry[]): Promise<void> => {
  const { log, hooks } = ports
  const start = performance.now()
  const verdicts = entries.filter((entry) => entry.kind === 'verdict').map(toRecord)
  const decisions = entries.filter((entry) => entry.kind === 'decision').map(toRecord)
  await Promise.all([
    verdicts.length > 0 && log.verdicts(verdicts),
    decisions.length > 0 && log.decisions(decisions),
    ...entries.map((entry) => work(ports, entry)),
  ])
  hooks?.onPublished?.((performance.now() - start) / 1000)
}

const drainOnce = async (ports: RelayPorts, partition: string): Promise<number> => {
  for (let drained = 0; ; ) {
    const entries = await ports.outbox.read(partition, BATCH)
    if (entries.length === 0) return drained
    await publish(ports, entries)
    // Dying before this repeats the batch: the topics are at least once, the queue drops the duplicates.
    await ports.outbox.ack(
      partition,
      entries.map((entry) => entry.id),
    )
    drained += entries.length
    if (entries.length < BATCH) return drained
  }
}

/** Moves outbox entries to where they belong: verdicts and decisions to the log, cases to the queue. */
export const createRelay = (ports: RelayPorts): Relay => {
  const active = new Map<string, { again: boolean; done: Promise<number> }>()

  const run = async (partition: string, state: { again: boolean }): Promise<number> => {
    try {
      let drained = 0
      do {
        state.again = false
        drained += await drainOnce(ports, partition)
      } while (state.again)
      return drained
    } finally {
      // In the same turn as the last look at `again`, so that no call falls between.
      active.delete(partition)
    }
  }

  return {
    drain: (partition) => {
      const running = active.get(partition)
      if (running) {
        // What was written after its last read must not wait for the next call.
        running.again = true
        return running.done
      }
      const state = { again: false, done: Promise.resolve(0) }
      active.set(partition, state)
      state.done = run(partition, state)
      return state.done
    },
  }
}
