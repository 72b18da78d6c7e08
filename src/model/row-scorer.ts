import { setTimeout as sleep } from 'node:timers/promises'
import type { Scores } from '../domain/verdict.js'
import { BatcherFullError } from '../errors.js'
import type { MappedText } from '../text/mapped-text.js'
import type { Batcher } from './batcher.js'
import type { LinearModel, Logits } from './linear.js'
import type { Calibration } from './manifest.js'
import { perCategory } from './per-category.js'
import { createRowCache } from './row-cache.js'

/** Who had the last word on a row: the linear stage alone, or the network (with the linear stage's share). */
export type DecidedBy = RowAnswer['decidedBy']

export interface NetworkAnswer {
  readonly decidedBy: 'network'
  /** The network has to compute it: its answer was neither remembered nor on its way. */
  readonly isComputed: boolean
  readonly scores: Promise<Scores>
}

export type RowAnswer = NetworkAnswer | { readonly decidedBy: 'linear'; readonly scores: Scores }

export interface RowScorerOptions {
  readonly calibration: Calibration
  readonly batcher: Pick<Batcher, 'submit'>
  /** Answers of the network remembered. */
  readonly cacheSize: number
  /** Asked before the network; absent where the artifact has none. */
  readonly linear?: LinearModel | undefined
}

/** The scores of one row: `text` is what the linear stage reads, `ids` (at least one) what the network reads. */
export type ScoreRow = (text: MappedText, ids: ArrayLike<number>) => RowAnswer

/** A full batcher has room again within milliseconds. */
const ROOM_AFTER_MS = 5

/** Scores rounded to 4 decimals. They wait while the batcher is full; else they reject as `Batcher.submit`. */
export function createRowScorer({ calibration, batcher, cacheSize, linear }: RowScorerOptions): ScoreRow {
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

  const ask = (ids: ArrayLike<number>, mix: (network: Logits) => Logits): NetworkAnswer => {
    const { value, isHit } = cache.get(ids, () => submit(ids))
    const scores = value.then((network) => calibrated(mix(network), calibration))
    return { decidedBy: 'network', isComputed: !isHit, scores }
  }

  return (text, ids) => {
    if (linear === undefined) return ask(ids, (network) => network)
    const own = linear.logits(text)
    if (linear.clears(own)) return { decidedBy: 'linear', scores: calibrated(linear.alone(own), calibration) }
    return ask(ids, (network) => linear.mixed(network, own))
  }
}

function calibrated(logits: Logits, calibration: Calibration): Scores {
  return perCategory((category, index) => {
    const { scale, bias } = calibration[category]
    const probability = 1 / (1 + Math.exp(-(scale * (logits[index] ?? 0) + bias)))
    return Math.round(probability * 10_000) / 10_000
  })
}
