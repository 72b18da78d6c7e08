import { setTimeout as sleep } from 'node:timers/promises'
import { BatcherFullError } from '../errors.js'
import type { Batcher } from './batcher.js'
import type { Logits } from './logits.js'
import { createRowCache } from './row-cache.js'

export interface NetworkOptions {
  readonly batcher: Pick<Batcher, 'submit'>
  /** Answers remembered. */
  readonly cacheSize: number
}

/** What the network says of a row. It waits while the batcher is full; else it rejects as `Batcher.submit`. */
export type Network = (ids: ArrayLike<number>) => {
  readonly value: Promise<Logits>
  /** It was remembered, or on its way. */
  readonly isHit: boolean
}

/** A full batcher has room again within milliseconds. */
const ROOM_AFTER_MS = 5

/** Of equal rows the network is asked once, and its answer is remembered. */
export function createNetwork({ batcher, cacheSize }: NetworkOptions): Network {
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

  return (ids) => cache.get(ids, () => submit(ids))
}
