export interface LocalKafka {
  /** For KAFKA_BROKERS. */
  readonly brokers: string
  readonly port: number
  readonly folder: string
  readonly pid: number
  /** SIGKILL; the folder stays, so that `startKafka` with the same folder brings ports and data back. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export function whyNoKafka(): string | undefined
export function startKafka(options?: {
  readonly port?: number
  readonly folder?: string
}): Promise<LocalKafka>
