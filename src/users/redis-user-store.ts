import { MAX_CASE_LINES } from '../domain/case.js'
import { encodeLine, mustNotRepeat, openingRecord } from './case-record.js'
import { seenSegment, segment, userSegment } from './keys.js'
import { answerOf, type Redis } from './redis.js'
import { KEY_PREFIX, type RedisKeys, redisKeys } from './redis-keys.js'
import { loadScript } from './redis-script.js'
import { roundStrikes } from './strikes.js'
import type {
  AppliedEffect,
  ApplyResult,
  EffectBatch,
  Effects,
  Fragment,
  UserKey,
  UserStore,
} from './user-store.js'
import {
  FRAGMENTS_MS,
  MAX_EVENTS,
  SEEN_MS,
  strikesTtlMs,
  type UserStoreOptions,
} from './user-store-options.js'

const applyEffects = loadScript('strikes.lua', 'case-index.lua', 'effects.lua')

const evidenceRow = (effect: Effects): readonly string[] => {
  const { evidence } = effect
  if (!evidence) return ['', '', '', '', '', '', '']
  const opening = openingRecord(effect, evidence)
  const { channel, user, versions } = opening
  return [
    opening.id,
    segment(channel.id),
    encodeLine(evidence.line, effect.sentAtMs),
    // The worst line has the lowest score, so that lines of equal severity rise by time and id.
    String(-evidence.severity),
    JSON.stringify({ channel, user, versions }),
    evidence.at,
    // The script knows the strikes and completes the object with them.
    `${JSON.stringify(opening).slice(0, -1)},"strikes":`,
  ]
}

/** One effect as `effects.lua` reads it. */
const rowOf = (effect: Effects): readonly string[] => [
  mustNotRepeat(effect) ? seenSegment(effect.user, effect.messageId) : '',
  userSegment(effect.user),
  String(effect.sentAtMs),
  effect.fragments === undefined ? '' : JSON.stringify(effect.fragments),
  effect.strikeWeight === undefined ? '' : String(effect.strikeWeight),
  effect.verdict?.key ?? '',
  effect.verdict?.value ?? '',
  ...evidenceRow(effect),
]

const parseEffect = ([result, strikes, caseId, opened]: readonly string[]): AppliedEffect => ({
  result: result === 'duplicate' ? 'duplicate' : 'applied',
  strikes: roundStrikes(Number(strikes)),
  ...(caseId ? { caseId, caseOpened: opened === '1' } : {}),
})

/** Reads the flat answer of `effects.lua`. */
const parseAnswer = (answer: readonly string[]): ApplyResult => {
  const [kind, ...fields] = answer
  if (kind === 'stale') return { kind, watermark: Number(fields[0]) }
  const effects: AppliedEffect[] = []
  for (let i = 0; i < fields.length; i += 4) effects.push(parseEffect(fields.slice(i, i + 4)))
  return { kind: 'applied', effects }
}

/** The cluster's user store: every batch is one call of one script. */
export class RedisUserStore implements UserStore {
  private readonly keys: RedisKeys
  private readonly settings: readonly string[]

  constructor(
    private readonly redis: Redis,
    { halfLifeMs }: UserStoreOptions,
    prefix: string = KEY_PREFIX,
  ) {
    this.keys = redisKeys(prefix)
    const limits = [strikesTtlMs(halfLifeMs), FRAGMENTS_MS, SEEN_MS, MAX_CASE_LINES, MAX_EVENTS]
    this.settings = [halfLifeMs, ...limits].map(String)
  }

  async watermark(partition: string): Promise<number> {
    const value = await answerOf(this.redis, this.redis.get(this.keys.watermark(partition)))
    return value === null ? -1 : Number(value)
  }

  async fragments(users: readonly UserKey[]): Promise<readonly (readonly Fragment[])[]> {
    if (users.length === 0) return []
    const windows = await answerOf(this.redis, this.redis.mget(users.map(this.keys.fragments)))
    return windows.map((window) => (window === null ? [] : JSON.parse(window)))
  }

  async apply({ partition, base, next, effects }: EffectBatch): Promise<ApplyResult> {
    const answer = await applyEffects(
      this.redis,
      [this.keys.watermark(partition), this.keys.outbox(partition)],
      [this.keys.prefix, String(base), String(next), ...this.settings, ...effects.flatMap(rowOf)],
    )
    return parseAnswer(answer as readonly string[])
  }

  /** The connection is closed by whoever opened it. */
  async close(): Promise<void> {}
}
