import { expect, test } from 'vitest'
import { describeFailure, fuzz } from '../fuzz/fuzz.js'
import { hostileInput } from '../fuzz/hostile.js'
import { openTextPath, type TextPath } from '../fuzz/text-path.js'
import { SLACK } from '../fuzz/timing.js'

const SECONDS = 10

test(`${SECONDS} s of hostile strings: no throw, valid offsets, little and linear time`, async () => {
  const path = await openTextPath()
  const untilMs = performance.now() + SECONDS * 1000

  const { cases, failures } = fuzz(path, {
    firstSeed: 1,
    isOver: () => performance.now() >= untilMs,
    slack: SLACK,
  })

  expect(failures.map(describeFailure)).toEqual([])
  expect(cases).toBeGreaterThan(30)
}, 120_000)

const broken = (change: Partial<TextPath>): TextPath => ({
  run: () => {},
  makeViews: () => {},
  offsetsProblem: () => undefined,
  ...change,
})

const failuresOf = (path: TextPath, firstSeed = 1): readonly string[] =>
  fuzz(path, { firstSeed, isOver: (cases) => cases >= 1, slack: 1 }).failures.map(describeFailure)

const firstShort = (): number => {
  for (let seed = 1; ; seed += 1) if (Array.from(hostileInput(seed).text).length <= 500) return seed
}

test('a throw, a wrong offset and a slow step are found and named with their seed', () => {
  const burn = () => {
    const untilMs = performance.now() + 20
    while (performance.now() < untilMs);
  }
  const throwing = broken({
    offsetsProblem: () => {
      throw new TypeError('no')
    },
  })

  expect(failuresOf(throwing)[0]).toMatch(/^seed 1 .*: throws TypeError: no\n/)
  expect(failuresOf(broken({ offsetsProblem: () => 'offsets' }))[0]).toContain('invalid offsets')
  expect(failuresOf(broken({ makeViews: burn }), firstShort())[0]).toMatch(/take \d/)
  expect(failuresOf(broken({ run: burn }), firstShort())[0]).toMatch(/whole path \d/)
}, 60_000)

/** Every fourth case is doubled, if it is long: the first five of them. */
const DOUBLED = Array.from({ length: 1_000 }, (_, i) => 4 * (i + 1))
  .filter((seed) => Array.from(hostileInput(seed).text).length >= 2_000)
  .slice(0, 5)

test('time that grows faster than the input is found', () => {
  let sum = 0
  const quadratic = broken({
    run: ({ text }) => {
      const length = Math.min(text.length, 8_200)
      for (let i = 0; i < length; i += 1) for (let k = 0; k < length; k += 8) sum += i ^ k
    },
  })

  // Of one alone other work on the machine may hide it.
  const isFound = DOUBLED.some((seed) =>
    failuresOf(quadratic, seed).some((line) => line.includes('twice in a row')),
  )

  expect(isFound).toBe(true)
  expect(sum).toBeGreaterThan(0)
}, 60_000)
