import { setTimeout as sleep } from 'node:timers/promises'
import { UnavailableError } from './errors.js'

const FIRST_DELAY_MS = 50
const LONGEST_DELAY_MS = 2_000

/**
 * Repeats while a dependency is away (UnavailableError), with full jitter up to two seconds; every other
 * error passes through.
 * @throws the abort reason once the signal is aborted.
 */
export const untilAvailable = async <T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  onFailure: (error: UnavailableError) => void,
): Promise<T> => {
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error
      onFailure(error)
      await sleep(delayMs * (0.5 + Math.random() / 2), undefined, { signal })
    }
  }
}
