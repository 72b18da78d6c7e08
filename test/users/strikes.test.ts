import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addStrikes, type Strikes, strikesAt } from '../../src/users/strikes.js'

const HOUR_MS = 3_600_000
const T0 = Date.UTC(2026, 0, 1)

const sum = (strikes: readonly (readonly [weight: number, atMs: number])[]): Strikes | null =>
  strikes.reduce<Strikes | null>((all, [weight, atMs]) => addStrikes(all, weight, atMs, HOUR_MS), null)

test('nobody has no strikes', () => {
  expect(strikesAt(null, T0, HOUR_MS)).toBe(0)
})

test('strikes halve every half-life', () => {
  const strikes = sum([[2, T0]])

  expect(strikesAt(strikes, T0, HOUR_MS)).toBe(2)
  expect(strikesAt(strikes, T0 + HOUR_MS, HOUR_MS)).toBe(1)
  expect(strikesAt(strikes, T0 + 3 * HOUR_MS, HOUR_MS)).toBe(0.25)
})

test('a later strike adds to what is left', () => {
  const strikes = sum([
    [2, T0],
    [1, T0 + HOUR_MS],
  ])

  expect(strikes).toEqual({ score: 2, atMs: T0 + HOUR_MS })
})

test('a strike that arrives late counts what would be left of it', () => {
  const strikes = sum([
    [1, T0 + HOUR_MS],
    [2, T0],
  ])

  expect(strikes).toEqual({ score: 2, atMs: T0 + HOUR_MS })
})

test('reading before the last strike never grows it', () => {
  expect(strikesAt(sum([[1, T0]]), T0 - 100 * HOUR_MS, HOUR_MS)).toBe(1)
})

test('strikes show six decimals', () => {
  expect(strikesAt(sum([[1 / 3, T0]]), T0, HOUR_MS)).toBe(0.333333)
})

test('a year without strikes leaves none, and no number that is not finite', () => {
  const strikes = sum([[5, T0]])

  expect(strikesAt(strikes, T0 + 8760 * HOUR_MS, HOUR_MS)).toBe(0)
  expect(addStrikes(strikes, 1, T0 + 1e15, HOUR_MS)).toEqual({ score: 1, atMs: T0 + 1e15 })
  expect(addStrikes(strikes, 1, T0 - 1e15, HOUR_MS)).toEqual({ score: 5, atMs: T0 })
})

test('every order of the same strikes gives the same sum', () => {
  const strike = fc.tuple(
    fc.double({ min: 0, max: 10, noNaN: true }),
    fc.integer({ min: T0, max: T0 + 24 * HOUR_MS }),
  )
  const orders = fc
    .array(strike, { minLength: 1, maxLength: 30 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  const lastMs = T0 + 24 * HOUR_MS

  fc.assert(
    fc.property(orders, ([one, other]) => {
      const difference = strikesAt(sum(one), lastMs, HOUR_MS) - strikesAt(sum(other), lastMs, HOUR_MS)
      expect(Math.abs(difference)).toBeLessThanOrEqual(1e-6)
    }),
  )
})
