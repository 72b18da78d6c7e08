import { openJudging } from '../../src/app-judging.js'
import { openEmbeddedStores } from '../../src/app-stores.js'
import { createClosers } from '../../src/closers.js'
import { loadConfig } from '../../src/config.js'
import type { Case } from '../../src/domain/case.js'
import type { Verdict } from '../../src/domain/verdict.js'
import { createMicroBatch } from '../../src/micro-batch.js'
import type { DeadLetter } from '../../src/queue/record-log.js'
import { partitionName, type SourceRecord } from '../../src/sources/source.js'
import { createLogger } from '../../src/telemetry/logger.js'
import { createUserWindows } from '../../src/user-windows.js'

export interface Expected {
  /** Every verdict that is not clean, by message id. */
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** By `topic/partition@offset`. */
  readonly deadLetters: ReadonlyMap<string, DeadLetter>
  readonly cases: readonly Case[]
}

const BATCH = 64

export const placeOf = (letter: {
  topic: string
  partition: number | string
  offset: number | string
}): string => `${letter.topic}/${letter.partition}@${letter.offset}`

/** What one process makes of the same records, partition by partition, with nothing going wrong. */
export const judgeOffline = async (records: readonly SourceRecord[]): Promise<Expected> => {
  const config = loadConfig({ env: {} })
  const closers = createClosers()
  const { signal } = new AbortController()
  const { judge, channels } = await openJudging(config, closers, createLogger('silent', 'oracle'))
  const stores = openEmbeddedStores(config, channels, closers, { inMemory: true })
  const verdicts = new Map<string, Verdict>()
  const deadLetters = new Map<string, DeadLetter>()
  const process = createMicroBatch({
    windows: createUserWindows(judge, (users) => stores.users.fragments(users)),
    channels,
    store: stores.users,
    deadLetters: async (letters) => {
      for (const letter of letters) deadLetters.set(placeOf(letter), letter)
    },
    relay: () => {},
    publishClean: false,
    now: Date.now,
    onUnavailable: () => {},
    onDecoded: () => {},
    onOutcome: (outcome) => {
      if (outcome.kind === 'verdict' && outcome.verdict.verdict !== 'clean')
        verdicts.set(outcome.message.id, outcome.verdict)
    },
  })
  const byPartition = new Map<string, SourceRecord[]>()
  for (const record of records) {
    const name = partitionName(record)
    byPartition.set(name, [...(byPartition.get(name) ?? []), record])
  }
  for (const [name, all] of byPartition) {
    let watermark = -1
    for (let start = 0; start < all.length; start += BATCH)
      watermark = (await process(name, watermark, all.slice(start, start + BATCH), signal)).watermark
  }
  const { cases } = await stores.cases.list({ limit: 1_000_000 })
  await closers.closeAll()
  return { verdicts, deadLetters, cases }
}
