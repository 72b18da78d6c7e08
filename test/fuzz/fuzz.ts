import { type HostileInput, hostileInput } from './hostile.js'
import type { TextPath } from './text-path.js'
import { leastMs, PATIENT_ATTEMPTS } from './timing.js'

export interface Failure {
  readonly seed: number
  readonly problem: string
  readonly input: HostileInput
}

export interface FuzzReport {
  readonly cases: number
  /** The slowest views, in milliseconds: of up to 500 code points, of up to 4 kB. */
  readonly worstShortMs: number
  readonly worstLongMs: number
  /** How many took longer than they may at first; those that still do are among the failures. */
  readonly slow: number
  readonly failures: readonly Failure[]
}

const SHORT = 500
const SHORT_MS = 1
const BYTES = 4096
const LONG_MS = 5
/** For 10,000 code points, which are up to ten times 4 kB. */
const LONGEST_MS = 30
/** The limits are those of the views; with terms, windows and tokens it may take this much longer. */
const WHOLE_PATH = 2.5
const ATTEMPTS = 12
const WARM_UP = 200
/** How often what was too slow is tried again, and how much of it at most. */
const ROUNDS = 3
const MAX_SUSPECTS = 1_000
/** From the input to the same twice in a row: 2 is linear, 4 quadratic. */
const MAX_GROWTH = 2.6
/** Below this a clock says little about growth. */
const MIN_GROWTH_MS = 1
const GROWTH_EVERY = 4
/** Four times as many are still judged. */
const MAX_DOUBLED = 2_000
const MAX_FAILURES = 10

const limitOf = ({ text }: HostileInput): number => {
  if (Array.from(text).length <= SHORT) return SHORT_MS
  return Buffer.byteLength(text) <= BYTES ? LONG_MS : LONGEST_MS
}

/** Doubled twice: a step that only long texts need makes one of the doublings dear, quadratic time makes both. */
const growthProblem = (path: TextPath, input: HostileInput): string | undefined => {
  const base = Array.from(input.text).slice(0, MAX_DOUBLED).join('')
  const [once, twice, fourTimes] = [1, 2, 4].map(
    (times) => () => path.run({ ...input, text: base.repeat(times) }),
  )
  if (once === undefined || twice === undefined || fourTimes === undefined) return undefined
  // What looks like growth may be the machine: measured more often before it counts.
  for (const attempts of [2, ATTEMPTS]) {
    const [a, b, c] = [once, twice, fourTimes].map((run) => leastMs(run, 0, attempts))
    if (a === undefined || b === undefined || c === undefined) return undefined
    if (b < MIN_GROWTH_MS || b <= MAX_GROWTH * a || c <= MAX_GROWTH * b) return undefined
    if (attempts === ATTEMPTS)
      return `takes ${a.toFixed(2)} ms, twice in a row ${b.toFixed(2)} ms, four times ${c.toFixed(2)} ms`
  }
  return undefined
}

interface Times {
  readonly viewsMs: number
  readonly pathMs: number
}

const timesOf = (path: TextPath, input: HostileInput, limit: number, attempts = ATTEMPTS): Times => ({
  viewsMs: leastMs(() => path.makeViews(input), limit, attempts),
  pathMs: leastMs(() => path.run(input), WHOLE_PATH * limit, attempts),
})

const isSlow = ({ viewsMs, pathMs }: Times, limit: number): boolean =>
  viewsMs > limit || pathMs > WHOLE_PATH * limit

/** Undefined when one of many runs is short enough, so that a busy machine is not a failure. */
const slownessOf = (path: TextPath, input: HostileInput, slack: number): string | undefined => {
  const limit = slack * limitOf(input)
  const times = timesOf(path, input, limit, PATIENT_ATTEMPTS)
  if (!isSlow(times, limit)) return undefined
  const [views, whole] = [times.viewsMs, times.pathMs].map((ms) => ms.toFixed(2))
  return `views take ${views} ms, at most ${limit} ms are allowed; the whole path ${whole} ms, at most ${WHOLE_PATH * limit}`
}

const message = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

interface Case {
  readonly seed: number
  readonly input: HostileInput
}

interface Findings {
  readonly times: Times
  /** Undefined when nothing is wrong but, perhaps, the time. */
  readonly problem: string | undefined
}

const tryCase = (path: TextPath, { seed, input }: Case, slack: number): Findings => {
  try {
    const limit = limitOf(input)
    const times = timesOf(path, input, slack * limit)
    const wrong = path.offsetsProblem(input)
    if (wrong !== undefined) return { times, problem: `invalid ${wrong}` }
    const isDoubled = limit > SHORT_MS && seed % GROWTH_EVERY === 0
    return { times, problem: isDoubled ? growthProblem(path, input) : undefined }
  } catch (error) {
    return { times: { viewsMs: 0, pathMs: 0 }, problem: `throws ${message(error)}` }
  }
}

/** Short ones, so that the first inputs are not timed before the code is compiled. */
const warmUp = (path: TextPath): void => {
  for (let seed = 0; seed < WARM_UP; seed += 1) {
    const input = hostileInput(seed)
    if (input.kind === 'chat') path.run(input)
  }
}

export interface FuzzOptions {
  readonly firstSeed: number
  readonly isOver: (cases: number) => boolean
  /** How many times the allowed time may be used; more than 1 where other work shares the cores. */
  readonly slack: number
}

/** Runs hostile inputs, one seed after the other, until it is over or ten are wrong in more than their time. */
export const fuzz = (path: TextPath, { firstSeed, isOver, slack }: FuzzOptions): FuzzReport => {
  const failures: Failure[] = []
  const tooSlow: Case[] = []
  let [worstShortMs, worstLongMs, cases, slow] = [0, 0, 0, 0]
  warmUp(path)
  for (; !isOver(cases) && failures.length < MAX_FAILURES; cases += 1) {
    const one = { seed: firstSeed + cases, input: hostileInput(firstSeed + cases) }
    const { times, problem } = tryCase(path, one, slack)
    const limit = limitOf(one.input)
    if (limit === SHORT_MS) worstShortMs = Math.max(worstShortMs, times.viewsMs)
    if (limit === LONG_MS) worstLongMs = Math.max(worstLongMs, times.viewsMs)
    if (problem !== undefined) failures.push({ ...one, problem })
    else if (isSlow(times, slack * limit)) {
      slow += 1
      if (tooSlow.length < MAX_SUSPECTS) tooSlow.push(one)
    }
  }
  // Again at the end, and again: what else ran on the machine may be over.
  for (const one of tooSlow) {
    if (failures.length >= MAX_FAILURES) break
    let problem = slownessOf(path, one.input, slack)
    for (let round = 1; round < ROUNDS && problem !== undefined; round += 1)
      problem = slownessOf(path, one.input, slack)
    if (problem !== undefined) failures.push({ ...one, problem })
  }
  return { cases, worstShortMs, worstLongMs, slow, failures }
}

const NOT_ASCII = /[^ -~]/g

/** A failure as one can send it anywhere: the seed, and the string in JSON escapes. */
export const describeFailure = ({ seed, problem, input }: Failure): string => {
  const text = JSON.stringify(input.text).replace(
    NOT_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `seed ${seed} (${input.kind}): ${problem}\n  ${text}\n  emotes ${JSON.stringify(input.emotes)}`
}
