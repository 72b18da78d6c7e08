import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from '../users/redis.js'

const BLOCK_MS = 5_000
const RETRY_MS = 500

/** Wakes its subscribers when the stream grows: one blocking connection for all of them, opened by the first. */
export class RedisEventTail {
  private readonly wakes = new Set<() => void>()
  private connection: Redis | null = null
  private isClosed = false

  constructor(
    private readonly redis: Redis,
    private readonly stream: string,
  ) {}

  subscribe(wake: () => void): () => void {
    this.wakes.add(wake)
    if (!this.connection && !this.isClosed) this.connection = this.follow()
    return () => this.wakes.delete(wake)
  }

  close(): void {
    this.isClosed = true
    this.connection?.disconnect()
  }

  private follow(): Redis {
    const connection = this.redis.duplicate({ connectionName: 'haechi-events' })
    // This one blocks by design; a dead connection is noticed by the keep-alive and costs only the wake-up.
    delete connection.options.commandTimeout
    connection.on('error', () => {})
    void this.loop(connection)
    return connection
  }

  private async loop(connection: Redis): Promise<void> {
    await connection.connect().catch(() => {})
    let lastId = '$'
    while (!this.isClosed) {
      try {
        const reply = await connection.xread('BLOCK', BLOCK_MS, 'STREAMS', this.stream, lastId)
        lastId = reply?.[0]?.[1].at(-1)?.[0] ?? lastId
        if (reply) for (const wake of this.wakes) wake()
      } catch {
        // Away: subscribers poll meanwhile and see the failure themselves.
        await sleep(RETRY_MS, undefined, { ref: false })
      }
    }
  }
}
