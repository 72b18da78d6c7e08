import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { whyMissing } from './processes.mjs'
import { startServers } from './servers.mjs'
import { root, setUp } from './setup.mjs'
import { onSignal } from './signals.mjs'

const browsers = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** What the tests would use and this machine lacks, beside servers. */
function missingPrograms() {
  const browser = browsers.some((path) => path && existsSync(path))
  return [
    ...(browser ? [] : ['Chromium: not installed (Debian: apt-get install chromium)']),
    ...['prometheus', 'promtool']
      .filter((program) => whyMissing(program, ['--version']) !== undefined)
      .map((program) => `${program}: not installed (Debian: apt-get install prometheus)`),
  ]
}

function sayWhatIsNotRun(missing) {
  const lines = [
    'NOT RUN, because this machine lacks it: every test that needs',
    ...missing.map((line) => `  - ${line}`),
  ]
  const bar = '!'.repeat(Math.max(...lines.map((line) => line.length)))
  console.error([bar, ...lines, bar].join('\n'))
}

/** Runs vitest; gives its exit code, or 128 + signal. */
function runTests(environment, args) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  const done = new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)))
  })
  return { done, end: (signal) => child.kill(signal) }
}

setUp()
let endTests = () => process.exit(130)
onSignal((signal) => endTests(signal))
const servers = await startServers()
const missing = [...servers.missing, ...missingPrograms()]
let code = 1
if (missing.length > 0 && process.env.HAECHI_REQUIRE_SERVERS === '1') {
  console.error('haechi: HAECHI_REQUIRE_SERVERS=1, so what is missing is a failure')
} else {
  const tests = runTests(servers.environment, process.argv.slice(2))
  let wasStopped = false
  endTests = (signal) => {
    wasStopped = true
    tests.end(signal)
  }
  code = await tests.done
  if (wasStopped) code = 130
}
await servers.stop()
if (missing.length > 0) sayWhatIsNotRun(missing)
process.exit(code)
