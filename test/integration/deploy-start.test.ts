import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { freePorts } from '#local/processes.mjs'
import { packageRoot } from '../../src/package-root.js'

const folder = mkdtempSync(join(tmpdir(), 'haechi-start-'))
let npm: ChildProcess | undefined

/** To npm and all below it, as a terminal does with Ctrl-C. */
const signalGroup = (signal: NodeJS.Signals): void => {
  if (npm?.pid !== undefined && npm.exitCode === null && npm.signalCode === null)
    process.kill(-npm.pid, signal)
}

afterEach(() => {
  signalGroup('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const countCases = async (port: number): Promise<number> => {
  try {
    const answer: unknown = await (
      await fetch(`http://127.0.0.1:${port}/api/cases?state=open&limit=1`)
    ).json()
    return typeof answer === 'object' && answer !== null && 'total' in answer ? Number(answer.total) : 0
  } catch {
    // It does not listen yet.
    return 0
  }
}

test('npm start shows a first case within a minute, and Ctrl-C ends it with 0 within ten seconds', async () => {
  const [page = 0, metrics = 0] = await freePorts(2)
  const ports = { HAECHI_PORT: `${page}`, HAECHI_METRICS_PORT: `${metrics}` }
  const env = { ...process.env, ...ports, HAECHI_DATA: join(folder, 'data') }
  npm = spawn('npm', ['start'], { cwd: packageRoot, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr]) stream?.on('data', (data) => (output += String(data)))
  const exited = once(npm, 'exit')

  const deadline = Date.now() + 60_000
  while ((await countCases(page)) === 0 && Date.now() < deadline && npm.exitCode === null) await sleep(200)
  expect(await countCases(page), output).toBeGreaterThan(0)

  const askedAt = Date.now()
  signalGroup('SIGINT')
  await exited
  expect([npm.exitCode, npm.signalCode], output).toEqual([0, null])
  expect(Date.now() - askedAt).toBeLessThan(10_000)
})
