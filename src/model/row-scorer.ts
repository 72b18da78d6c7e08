import { setTimeout as sleep } from 'node:timers/promises'
import type { Scores } from '../domain/verdict.js'
import { BatcherFullError } from '../errors.js'
import type { Batcher } from './batcher.js'
import { type Calibration, calibrated } from './calibration.js'
import type { Logits } from './linear.js'
import { createRowCache } from './row-cache.js'
import type { RowInput } from './rows.js'

export interface RowAnswer {
  /** The network has to compute it: its answer was neither remembered nor on its way. */
  readonly isComputed: boolean
  readonly scores: Promise<Scores> | Scores
}

export interface RowScorerOptions {
  readonly calibration: Calibration
  readonly batcher: Pick<Batcher, 'submit'>
  /** Answers of the network remembered. */
  readonly cacheSize: number
}

/** The scores of one row. */
export type ScoreRow = (input: RowInput) => RowAnswer

/** A full batcher has room again within milliseconds. */
const ROOM_AFTER_MS = 5

/** Scores rounded to 4 decimals. They wait while the batcher is full; else they reject as `Batcher.submit`. */
export function createRowScorer({ calibration, batcher, cacheSize }: RowScorerOptions): ScoreRow {
  const cache = createRowCache<Logits>(cacheSize)

  const submit = async (ids: ArrayLike<number>): Promise<Logits> => {
    for (;;) {
      try {
        // A copy, so that one remembered row does not keep the answers of its whole batch.
        return (await batcher.submit(ids)).slice()
      } catch (error) {
        if (!(error instanceof BatcherFullError)) throw error
        await sleep(ROOM_AFTER_MS)
      }
    }
  }

  return (input) => {
    if (input.decidedBy === 'linear')
      return { isComputed: false, scores: calibrated(input.logits, calibration) }
    const { value, isHit } = cache.get(input.ids, () => submit(input.ids))
    const scores = value.then((network) => calibrated(input.mix(network), calibration))
    return { isComputed: !isHit, scores }
  }
}
