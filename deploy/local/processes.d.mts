export interface RunningProcess {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  isRunning(): boolean
  stop(): Promise<void>
  kill(): Promise<void>
}

export interface ProcessOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
}

export function whyMissing(command: string, args: readonly string[]): string | undefined
export function freePorts(count: number): Promise<number[]>
export function startProcess(options: ProcessOptions): RunningProcess
export function waitUntilReady(
  server: RunningProcess,
  isReady: () => Promise<boolean>,
  timeoutMs?: number,
): Promise<void>
export function answers(port: number, request?: string, expected?: string): Promise<boolean>
