import type { CaseLine } from '../../src/domain/case.js'
import type { ApplyResult, EffectBatch, Effects, UserKey } from '../../src/users/user-store.js'
import type { Stores } from './stores.js'

export const PARTITION = 'chat.messages/3'
export const T0 = Date.UTC(2026, 0, 15, 12)
export const AT = '2026-01-15T12:00:05.000Z'
export const VERSIONS = {
  model: 'm-1',
  tokenizer: 't-1',
  canonicaliser: 'c-1',
  thresholds: 'h-1',
  rules: 'r-1',
}
export const SCORES = { abusive: 0.9, profanity: 0.1, insult: 0.8, hate: 0, sexual: 0, threat: 0, mild: 0 }

export const userOf = (userId = 'u1', channelId = 'ch1'): UserKey => ({ channelId, userId })

export const lineOf = (messageId: string, sentAtMs = T0, text = `line ${messageId}`): CaseLine => ({
  messageId,
  text,
  scores: SCORES,
  spans: [{ start: 0, end: 4, category: 'insult', view: 'canonical' }],
  sentAt: new Date(sentAtMs).toISOString(),
  reasons: ['insult'],
})

/** A flagged message: one strike, evidence, a verdict. */
export const flagged = (
  messageId: string,
  { user = userOf(), sentAtMs = T0, weight = 1, severity = 0.9, text = `line ${messageId}` } = {},
): Effects => ({
  messageId,
  user,
  sentAtMs,
  fragments: [],
  strikeWeight: weight,
  evidence: {
    line: lineOf(messageId, sentAtMs, text),
    severity,
    channelName: 'The Channel',
    userName: 'The User',
    versions: VERSIONS,
    at: AT,
  },
  verdict: { key: `${user.channelId}:${user.userId}`, value: JSON.stringify({ messageId }) },
})

export const batchOf = (effects: readonly Effects[], base = -1, partition = PARTITION): EffectBatch => ({
  partition,
  base,
  next: base + effects.length,
  effects,
})

/** Applies on whatever the watermark is. */
export const applyAll = async (
  { users }: Stores,
  effects: readonly Effects[],
  partition = PARTITION,
): Promise<ApplyResult> => users.apply(batchOf(effects, await users.watermark(partition), partition))

export const strikesOf = async (stores: Stores, user: UserKey, sentAtMs = T0): Promise<number> => {
  const probe: Effects = { messageId: 'probe', user, sentAtMs }
  const result = await applyAll(stores, [probe], 'probes/0')
  return result.kind === 'applied' ? (result.effects[0]?.strikes ?? Number.NaN) : Number.NaN
}

export const HOSTILE_IDS: readonly string[] = [
  'a:b',
  '__proto__',
  'constructor',
  '1',
  '007',
  '😀',
  'nul\u0000byte',
  'lone\ud800surrogate',
  "'; DROP TABLE cases; --",
  'line\nbreak',
  ' ',
  '%3A',
  'x'.repeat(65_536),
]
