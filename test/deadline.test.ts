import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { within } from '../src/deadline.js'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('work that is done in time is waited for, and leaves no timer', async () => {
  expect(await within(100, Promise.resolve())).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('work that never ends is given up after the time', async () => {
  const result = within(100, new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(100)

  expect(await result).toBe(false)
})

test('a failure passes through, and leaves no timer', async () => {
  await expect(within(100, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(vi.getTimerCount()).toBe(0)
})
