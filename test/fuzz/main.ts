import { parseArgs } from 'node:util'
import { describeFailure, fuzz } from './fuzz.js'
import { openTextPath } from './text-path.js'

const HELP = `npm run fuzz -- [--minutes 10] [--seed N] [--cases N]

Hostile strings through views, terms, windows and tokens: nothing may throw, offsets must be valid, up to 500 code
points take 1 ms at most, 4 kB 5 ms, and twice the input about twice the time. A failure prints its seed:
\`--seed N --cases 1\` runs it again. The exit code is 1 when there was one.`

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    cases: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})

const main = async (): Promise<number> => {
  if (flags.help) {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  const seed = flags.seed === undefined ? Date.now() % 2 ** 31 : Number(flags.seed)
  const limit = flags.cases === undefined ? Number.POSITIVE_INFINITY : Number(flags.cases)
  const untilMs = performance.now() + Number(flags.minutes) * 60_000
  if (![seed, limit, untilMs].every((value) => value >= 0)) {
    process.stderr.write(`--minutes, --seed and --cases are numbers\n\n${HELP}\n`)
    return 64
  }
  const report = fuzz(await openTextPath(), {
    firstSeed: seed,
    isOver: (cases) => cases >= limit || performance.now() >= untilMs,
    slack: 1,
  })
  for (const failure of report.failures) process.stdout.write(`${describeFailure(failure)}\n`)
  process.stdout.write(
    `${report.cases} inputs from seed ${seed}: ${report.failures.length} failures, ${report.slow} at first too slow; slowest ` +
      `${report.worstShortMs.toFixed(2)} ms (up to 500 code points), ${report.worstLongMs.toFixed(2)} ms (4 kB)\n`,
  )
  return report.failures.length === 0 ? 0 : 1
}

process.exitCode = await main()
