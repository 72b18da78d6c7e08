import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { oncePer } from '../src/once-per.js'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('the first call runs, the next only after the time', () => {
  const said: string[] = []
  const say = oncePer(1_000, (what: string) => said.push(what))

  say('first')
  say('too soon')
  vi.advanceTimersByTime(999)
  say('too soon still')
  vi.advanceTimersByTime(1)
  say('second')

  expect(said).toEqual(['first', 'second'])
})
