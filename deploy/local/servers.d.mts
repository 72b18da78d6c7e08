export interface Servers {
  /** KAFKA_BROKERS and REDIS_URL of the servers that were had. */
  readonly environment: Readonly<Record<string, string>>
  /** One line for each server that could not be had. */
  readonly missing: readonly string[]
  stop(): Promise<void>
}

export function startServers(): Promise<Servers>
