import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { packageRoot } from '../../src/package-root.js'

/** A real `haechi` process, started as a person would, with its announced addresses. */
export interface HaechiProcess {
  readonly name: string
  readonly pid: number
  /** `http://127.0.0.1:9464` */
  readonly metricsUrl: string
  /** Of the page, where there is one. */
  readonly pageUrl: string | undefined
  readonly child: ChildProcess
  /** SIGKILL. */
  kill(): Promise<void>
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
}

const urlIn = (lines: readonly string[], label: string): string | undefined =>
  lines.flatMap((line) => new RegExp(`${label}\\s+(http://[^\\s/]+)`).exec(line)?.[1] ?? [])[0]

const readyLines = async (child: ChildProcess, name: string): Promise<readonly string[]> => {
  if (child.stdout === null) throw new Error(`${name} has no output`)
  for await (const line of createInterface({ input: child.stdout })) {
    const parsed: unknown = line.startsWith('{') ? JSON.parse(line) : null
    if (typeof parsed === 'object' && parsed !== null && 'ready' in parsed && Array.isArray(parsed.ready))
      return parsed.ready.map(String)
  }
  throw new Error(`${name} ended before it was ready, with exit code ${child.exitCode}`)
}

/** Starts `haechi <args> --json` and waits until it says that it is ready. */
export const startHaechi = async (
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<HaechiProcess> => {
  const bin = join(packageRoot, 'dist/src/bin/haechi.js')
  const child = spawn(process.execPath, [bin, ...args, '--json'], {
    env: { PATH: process.env.PATH, HAECHI_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = await readyLines(child, name)
  child.stdout?.resume()
  const signalled = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await exited
    }
    return child.exitCode
  }
  return {
    name,
    child,
    pid: child.pid ?? 0,
    metricsUrl: urlIn(lines, 'metrics') ?? '',
    pageUrl: urlIn(lines, 'page'),
    kill: async () => void (await signalled('SIGKILL')),
    stop: () => signalled('SIGTERM'),
  }
}
