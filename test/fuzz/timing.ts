/**
 * How many times the allowed time may be used in tests: other work shares their cores, and through the test runner the
 * same code takes twice as long. `npm run fuzz` allows none.
 */
export const SLACK = 10

/** Runs of what was too slow at first, before that is a failure. */
export const PATIENT_ATTEMPTS = 25

/** In milliseconds, by CPU or by the clock: other work on the machine must not count. */
const timeOnce = (run: () => void): number => {
  const cpu = process.cpuUsage()
  const start = performance.now()
  run()
  const elapsed = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return Math.min(elapsed, (user + system) / 1000)
}

/** No other work on the machine explains this. */
const HOPELESS_MS = 1_000

/** The least of several runs, or the first one that is short enough or hopeless. */
export const leastMs = (run: () => void, enough: number, attempts: number): number => {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < attempts && least > enough; attempt += 1) {
    least = Math.min(least, timeOnce(run))
    if (least > HOPELESS_MS) break
  }
  return least
}
