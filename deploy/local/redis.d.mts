export interface LocalRedis {
  /** For REDIS_URL. */
  readonly url: string
  readonly port: number
  readonly folder: string
  readonly pid: number
  /** SIGKILL; the folder stays, so that `startRedis` with the same port and folder brings the data back. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export function whyNoRedis(): string | undefined
export function startRedis(options?: {
  readonly port?: number
  readonly folder?: string
}): Promise<LocalRedis>
