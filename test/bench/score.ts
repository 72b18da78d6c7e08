import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { packageRoot } from '../../src/package-root.js'
import { linesFor } from './lines.js'
import type { Figure } from './report.js'

const LINES = 40_000

/** Seconds that `haechi score --jsonl` takes for the lines, bound to one core where `taskset` exists. */
const secondsFor = async (lines: readonly string[]): Promise<number> => {
  const command = [process.execPath, join(packageRoot, 'dist/src/bin/haechi.js'), 'score', '--jsonl']
  const start = performance.now()
  const [program = '', ...args] = process.platform === 'linux' ? ['taskset', '-c', '0', ...command] : command
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin?.end(lines.map((text, index) => `${JSON.stringify({ id: String(index), text })}\n`).join(''))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`haechi score ended with exit code ${code}`)
  return (performance.now() - start) / 1000
}

/** Lines a second of the command line, start-up taken off. */
export async function* benchScore(): AsyncGenerator<Figure> {
  const startUp = await secondsFor(['안녕'])
  for (const { name, lines } of linesFor(LINES)) {
    const seconds = await secondsFor(lines)
    yield {
      name: `score.rate (${name})`,
      value: lines.length / (seconds - startUp),
      unit: 'lines/s',
      atLeast: 5_000,
      note: `${lines.length} lines on one core; start-up ${startUp.toFixed(2)} s taken off`,
    }
  }
}
