import type { Message } from './domain/message.js'
import type { Verdict } from './domain/verdict.js'
import type { UnavailableError } from './errors.js'
import type { Judgement } from './judging.js'
import type { BatchResult } from './lane.js'
import type { ChannelLookup } from './policy/channels.js'
import { type Decision, decide } from './policy/decide.js'
import type { DeadLetter } from './queue/record-log.js'
import { untilAvailable } from './retry.js'
import { decode } from './sources/decode.js'
import type { SourceRecord } from './sources/source.js'
import type { UserWindows, WindowedJudgement } from './user-windows.js'
import { type AppliedEffect, type Effects, type UserStore, userKeyOf } from './users/user-store.js'

/** One record after judging: its verdict, or why it has none. */
export type Outcome =
  | { readonly kind: 'dead-letter'; readonly letter: DeadLetter }
  | {
      readonly kind: 'verdict'
      readonly record: SourceRecord
      readonly message: Message
      readonly judgement: Judgement
      readonly verdict: Verdict
      readonly decision: Decision
      readonly effects: Effects | null
    }

export interface MicroBatchDeps {
  readonly windows: UserWindows
  readonly channels: ChannelLookup
  readonly store: UserStore
  readonly deadLetters: (letters: readonly DeadLetter[]) => Promise<void>
  /** Called after the effects are durable: publishes what the partition's outbox holds. */
  readonly relay: (partition: string) => void
  readonly publishClean: boolean
  readonly now: () => number
  readonly onUnavailable: (error: UnavailableError) => void
  readonly onDecoded: (seconds: number) => void
  readonly onOutcome: (outcome: Outcome, applied: AppliedEffect | null) => void
}

type Verdicted = Extract<Outcome, { kind: 'verdict' }>

const verdictOf = (message: Message, judgement: Judgement, nowMs: number): Verdict => ({
  messageId: message.id,
  source: message.source,
  channelId: message.channel.id,
  userId: message.author.id,
  sentAt: message.sentAt,
  verdict: judgement.verdict,
  scores: judgement.scores,
  spans: judgement.spans,
  ...(judgement.evidence === undefined ? {} : { evidence: judgement.evidence }),
  ...(judgement.isTruncated ? { truncated: true } : {}),
  versions: judgement.versions,
  decidedAt: new Date(nowMs).toISOString(),
})

const evidenceOf = (
  message: Message,
  { judgement, joinedFrom }: WindowedJudgement,
  decision: Decision,
  at: string,
): Pick<Effects, 'strikeWeight' | 'evidence'> => {
  if (decision.kind !== 'review') return {}
  const line = {
    messageId: message.id,
    text: message.text,
    ...(message.title === undefined ? {} : { title: message.title }),
    scores: judgement.scores,
    spans: judgement.spans,
    ...(judgement.evidence === undefined ? {} : { evidence: judgement.evidence }),
    sentAt: message.sentAt,
    ...(joinedFrom.length === 0 ? {} : { fragments: joinedFrom.map((fragment) => fragment.text) }),
    reasons: joinedFrom.length === 0 ? decision.reasons : [...decision.reasons, 'window'],
  }
  return {
    strikeWeight: decision.strikeWeight,
    evidence: {
      line,
      severity: decision.strikeWeight,
      channelName: message.channel.name,
      userName: message.author.name,
      versions: judgement.versions,
      at,
    },
  }
}

/** Decides one judged message; pure but for the time it is given. */
const conclude = (
  record: SourceRecord,
  message: Message,
  windowed: WindowedJudgement,
  { channels, publishClean }: Pick<MicroBatchDeps, 'channels' | 'publishClean'>,
  nowMs: number,
): Verdicted => {
  const { judgement, fragments } = windowed
  const { exemptRoles } = channels(message.channel.id).settings
  const decision = decide(judgement, message.author.roles, judgement.thresholds, exemptRoles)
  const verdict = verdictOf(message, judgement, nowMs)
  const isPublished = publishClean || verdict.verdict !== 'clean' || verdict.evidence !== undefined
  const key = `${message.channel.id}:${message.author.id}`
  const effects: Effects | null =
    isPublished || fragments !== undefined
      ? {
          messageId: message.id,
          user: userKeyOf(message),
          sentAtMs: message.sentAtMs,
          ...(fragments === undefined ? {} : { fragments }),
          ...evidenceOf(message, windowed, decision, verdict.decidedAt),
          ...(isPublished ? { verdict: { key, value: JSON.stringify(verdict) } } : {}),
        }
      : null
  return { kind: 'verdict', record, message, judgement, verdict, decision, effects }
}

const letterOf = (record: SourceRecord, reason: DeadLetter['reason'], detail: string): Outcome => ({
  kind: 'dead-letter',
  letter: {
    reason,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    detail,
    key: record.key,
    value: record.value,
    ...(record.traceparent === undefined ? {} : { traceparent: record.traceparent }),
  },
})

/** Decodes and judges records of one partition, in offset order; nothing is stored yet. */
export const judgeRecords = async (
  records: readonly SourceRecord[],
  deps: Pick<MicroBatchDeps, 'windows' | 'channels' | 'publishClean' | 'now' | 'onDecoded'>,
): Promise<readonly Outcome[]> => {
  const nowMs = deps.now()
  const start = performance.now()
  const decoded = records.map((record) => ({ record, decoded: decode(record, nowMs) }))
  deps.onDecoded((performance.now() - start) / 1000)
  const good = decoded.flatMap(({ record, decoded: d }) =>
    d.kind === 'message' ? [{ record, message: d.message }] : [],
  )
  const judged = await deps.windows.judge(good.map(({ message }) => message))
  const results = new Map(good.map(({ record }, index) => [record, judged[index]]))
  return decoded.map(({ record, decoded: d }) => {
    if (d.kind === 'dead-letter') return letterOf(record, d.reason, d.detail)
    const result = results.get(record)
    if (result === undefined)
      throw new Error(`record ${record.topic}/${record.partition}@${record.offset} was not judged`)
    return result.kind === 'failed'
      ? letterOf(record, 'model', result.detail)
      : conclude(record, d.message, result, deps, nowMs)
  })
}

/**
 * Judges a lane's records and makes their effects durable in one step: dead letters first (at least once),
 * then everything else together with the watermark (exactly once).
 */
export const createMicroBatch =
  (deps: MicroBatchDeps) =>
  async (
    partition: string,
    base: number,
    records: readonly SourceRecord[],
    signal: AbortSignal,
  ): Promise<BatchResult> => {
    const available = <T>(attempt: () => Promise<T>): Promise<T> =>
      untilAvailable(attempt, signal, deps.onUnavailable)
    const outcomes = await available(() => judgeRecords(records, deps))
    const letters = outcomes.flatMap((o) => (o.kind === 'dead-letter' ? [o.letter] : []))
    if (letters.length > 0) await available(() => deps.deadLetters(letters))

    const next = records.at(-1)?.offset ?? base
    const effective = outcomes.filter(
      (o): o is Verdicted & { effects: Effects } => o.kind === 'verdict' && o.effects !== null,
    )
    const effects = effective.map((o) => o.effects)
    const result = await available(() => deps.store.apply({ partition, base, next, effects }))
    // Another owner moved it; or an earlier try took effect and its answer was lost: then this batch is done.
    if (result.kind === 'stale') return { watermark: result.watermark }

    const applied = new Map<Outcome, AppliedEffect | undefined>(
      effective.map((o, index) => [o, result.effects[index]]),
    )
    for (const outcome of outcomes) deps.onOutcome(outcome, applied.get(outcome) ?? null)
    if (effects.some((e) => e.verdict !== undefined)) deps.relay(partition)
    return { watermark: next }
  }
