import type { DecisionInput } from '../domain/decision.js'
import { UnavailableError } from '../errors.js'
import { type CaseRecord, type StoredCase, type Suggest, withSuggestion } from '../users/case-record.js'
import { segment } from '../users/keys.js'
import { answerOf, type Redis } from '../users/redis.js'
import { KEY_PREFIX, type RedisKeys, redisKeys } from '../users/redis-keys.js'
import { loadScript } from '../users/redis-script.js'
import { MAX_EVENTS, strikesTtlMs } from '../users/user-store-options.js'
import { type CaseDecision, decideCase, decisionKey } from './case-decision.js'
import type { CaseEvent, CaseQuery, CaseStore, DecideResult } from './case-store.js'
import { type CaseStoreOptions, DECIDED_MS } from './case-store-options.js'
import { type EventSource, followEvents } from './follow-events.js'
import { DECISIONS_OUTBOX } from './outbox.js'
import { loadCases } from './redis-cases.js'
import { RedisEventTail } from './redis-event-tail.js'

const writeDecision = loadScript('strikes.lua', 'case-index.lua', 'decide.lua')

const MAX_ATTEMPTS = 5
const STREAM_ID = /^\d{1,19}(-\d{1,19})?$/

type StreamEntry = readonly [id: string, fields: readonly string[]]

/** The cases that `RedisUserStore` opened in the same Redis. */
export class RedisCaseStore implements CaseStore {
  private readonly keys: RedisKeys
  private readonly tail: RedisEventTail
  private readonly halfLifeMs: number
  private readonly suggest: Suggest

  constructor(
    private readonly redis: Redis,
    { halfLifeMs, suggest }: CaseStoreOptions,
    prefix: string = KEY_PREFIX,
    /** Wall clock: only decides when decided cases are dropped. */
    private readonly now: () => number = Date.now,
  ) {
    this.keys = redisKeys(prefix)
    this.tail = new RedisEventTail(redis, this.keys.events)
    this.halfLifeMs = halfLifeMs
    this.suggest = suggest
  }

  async list({ state, channelId, limit }: CaseQuery) {
    const index = this.keys.cases(state ?? 'any', channelId)
    if (limit <= 0) return { cases: [], total: await answerOf(this.redis, this.redis.zcard(index)) }
    const [ids, total] = await Promise.all([
      answerOf(this.redis, this.redis.zrevrange(index, 0, limit - 1)),
      answerOf(this.redis, this.redis.zcard(index)),
    ])
    const found = await loadCases(this.redis, this.keys, ids)
    return { cases: found.flatMap((stored) => (stored ? [this.view(stored.record)] : [])), total }
  }

  async decide(caseId: string, input: DecisionInput, at: string): Promise<DecideResult> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = (await loadCases(this.redis, this.keys, [caseId]))[0]
      if (!stored) return { kind: 'unknown-case' }
      const decision = decideCase(stored, input, at)
      const outcome = decision ? await this.write(stored, decision) : 'conflict'
      if (outcome === 'conflict') return { kind: 'conflict', case: this.view(stored.record) }
      if (decision && outcome === 'decided')
        return { kind: 'decided', case: this.view(decision.after), record: decision.record }
    }
    throw new UnavailableError(`case ${caseId} kept changing while it was decided; try again`)
  }

  events(afterId: string | null, signal: AbortSignal): AsyncIterable<CaseEvent> {
    const known = afterId !== null && STREAM_ID.test(afterId) ? afterId : null
    return followEvents(this.eventSource, known, signal)
  }

  /** Closes the connection that follows events; the other is closed by whoever opened it. */
  async close(): Promise<void> {
    this.tail.close()
  }

  private readonly eventSource: EventSource = {
    newestId: async () => {
      const newest = await answerOf(this.redis, this.redis.xrevrange(this.keys.events, '+', '-', 'COUNT', 1))
      return newest[0]?.[0] ?? '0-0'
    },
    readAfter: async (id, limit) => {
      const range = this.redis.xrange(this.keys.events, `(${id}`, '+', 'COUNT', limit)
      const entries = await answerOf(this.redis, range)
      return { events: await this.eventsOf(entries), lastId: entries.at(-1)?.[0] ?? id }
    },
    subscribe: (wake) => this.tail.subscribe(wake),
  }

  private async eventsOf(entries: readonly StreamEntry[]): Promise<readonly CaseEvent[]> {
    const found = await loadCases(
      this.redis,
      this.keys,
      entries.map(([, [, , , caseId = '']]) => caseId),
    )
    return entries.flatMap(([id, [, kind]], i) => {
      const stored = found[i]
      return stored ? [{ id, kind: kind as CaseEvent['kind'], case: this.view(stored.record) }] : []
    })
  }

  private view(record: CaseRecord) {
    return withSuggestion(record, this.suggest)
  }

  /** `changed` when another decision came between: look again. */
  private async write(stored: StoredCase, decision: CaseDecision): Promise<unknown> {
    const { after, record, closedJobId = '', openedJobId } = decision
    const user = { channelId: after.channel.id, userId: after.user.id }
    const now = this.now()
    return writeDecision(
      this.redis,
      [
        this.keys.case(after.id),
        this.keys.openCase(user),
        this.keys.strikes(user),
        this.keys.outbox(DECISIONS_OUTBOX),
      ],
      [
        ...[this.keys.prefix, after.id, String(decision.revision), after.state, after.updatedAt],
        ...[after.decision ? JSON.stringify(after.decision) : '', openedJobId ?? stored.jobId],
        ...[decision.event, decision.strikes, String(this.halfLifeMs), String(strikesTtlMs(this.halfLifeMs))],
        ...[segment(after.channel.id), String(MAX_EVENTS), decisionKey(record), JSON.stringify(record)],
        ...[closedJobId, openedJobId ? JSON.stringify(after) : '', String(now), String(now - DECIDED_MS)],
      ],
    )
  }
}
