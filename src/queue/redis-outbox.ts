import { type Suggest, withSuggestion } from '../users/case-record.js'
import { answerOf, type Redis } from '../users/redis.js'
import { KEY_PREFIX, type RedisKeys, redisKeys } from '../users/redis-keys.js'
import { roundStrikes } from '../users/strikes.js'
import type { Outbox, OutboxEntry } from './outbox.js'

/** The streams that `effects.lua` and `decide.lua` write, one a partition. */
export class RedisOutbox implements Outbox {
  private readonly keys: RedisKeys

  constructor(
    private readonly redis: Redis,
    private readonly suggest: Suggest,
    prefix: string = KEY_PREFIX,
  ) {
    this.keys = redisKeys(prefix)
  }

  async read(partition: string, limit: number): Promise<readonly OutboxEntry[]> {
    const range = this.redis.xrange(this.keys.outbox(partition), '-', '+', 'COUNT', limit)
    const entries = await answerOf(this.redis, range)
    return entries.map(([id, fields]) => this.parse(id, fields))
  }

  async ack(partition: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await answerOf(this.redis, this.redis.xdel(this.keys.outbox(partition), ...ids))
  }

  async depth(partition: string): Promise<{ entries: number; oldestMs: number }> {
    const key = this.keys.outbox(partition)
    const [entries, oldest, [seconds]] = await Promise.all([
      answerOf(this.redis, this.redis.xlen(key)),
      answerOf(this.redis, this.redis.xrange(key, '-', '+', 'COUNT', 1)),
      answerOf(this.redis, this.redis.time()),
    ])
    // Both times are the server's.
    const oldestAt = oldest[0]?.[0].split('-')[0]
    return { entries, oldestMs: oldestAt ? Math.max(0, Number(seconds) * 1000 - Number(oldestAt)) : 0 }
  }

  /** Fields come in the order in which the scripts write them. */
  private parse(id: string, fields: readonly string[]): OutboxEntry {
    const [, kind, , first = '', , second = ''] = fields
    if (kind === 'verdict' || kind === 'decision') return { id, kind, key: first, value: second }
    if (kind !== 'case-opened') return { id, kind: 'case-closed', jobId: first }
    const record = JSON.parse(second)
    const snapshot = { ...record, strikes: roundStrikes(record.strikes) }
    return { id, kind, jobId: first, snapshot: withSuggestion(snapshot, this.suggest) }
  }
}
