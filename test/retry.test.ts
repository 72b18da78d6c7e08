import { expect, test, vi } from 'vitest'
import { UnavailableError } from '../src/errors.js'
import { untilAvailable } from '../src/retry.js'

// On the real clock, which node:timers/promises keeps: few failures, for the waits double.

const away = new UnavailableError('the broker is away')

/** Fails `times` times, then gives `done`. */
const failing = (times: number) => {
  const attempt = vi.fn(async () => {
    if (attempt.mock.calls.length <= times) throw away
    return 'done'
  })
  return attempt
}

const { signal: never } = new AbortController()

test('what works at once is tried once, and nobody is told of a failure', async () => {
  const attempt = failing(0)
  const onFailure = vi.fn()

  expect(await untilAvailable(attempt, never, onFailure)).toBe('done')
  expect(attempt).toHaveBeenCalledTimes(1)
  expect(onFailure).not.toHaveBeenCalled()
})

test('each failure of a dependency is told, and the attempt is repeated until it works', async () => {
  const onFailure = vi.fn()

  expect(await untilAvailable(failing(3), never, onFailure)).toBe('done')
  expect(onFailure.mock.calls).toEqual(Array(3).fill([away]))
})

test('the waits grow', async () => {
  const at: number[] = []

  await untilAvailable(failing(5), never, () => at.push(performance.now()))

  const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0))
  // Each is at least half of 50, 100, 200 and 400 ms; timers may be a millisecond early.
  for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(25 * 2 ** index - 1)
})

test('an error that no waiting mends passes through at once', async () => {
  const attempt = vi.fn(async () => {
    throw new TypeError('a bug')
  })

  await expect(untilAvailable(attempt, never, () => {})).rejects.toThrow(TypeError)
  expect(attempt).toHaveBeenCalledTimes(1)
})

test('an abort ends a wait with its reason', async () => {
  const controller = new AbortController()
  const reason = new Error('stopped')

  const result = untilAvailable(failing(100), controller.signal, () => controller.abort(reason))

  await expect(result).rejects.toMatchObject({ name: 'AbortError', cause: reason })
})

test('nothing is tried when the signal is aborted already', async () => {
  const attempt = failing(0)

  await expect(untilAvailable(attempt, AbortSignal.abort(), () => {})).rejects.toThrow('aborted')
  expect(attempt).not.toHaveBeenCalled()
})
