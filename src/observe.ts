import { CATEGORIES } from './domain/verdict.js'
import type { Outcome } from './micro-batch.js'
import type { BatcherHooks } from './model/batcher.js'
import type { ChannelLookup } from './policy/channels.js'
import { suggest } from './policy/ladder.js'
import type { Metrics } from './telemetry/metrics.js'
import type { AppliedEffect } from './users/user-store.js'

/** Totals since the start, for the page. */
export interface StreamTotals {
  consumed: number
  flagged: number
  mild: number
  deadLetters: number
}

export const createTotals = (): StreamTotals => ({ consumed: 0, flagged: 0, mild: 0, deadLetters: 0 })

const observeVerdict = (
  metrics: Metrics,
  totals: StreamTotals,
  outcome: Extract<Outcome, { kind: 'verdict' }>,
  applied: AppliedEffect | null,
  channels: ChannelLookup,
): void => {
  const { judgement, verdict, decision } = outcome
  const worst = CATEGORIES.filter((c) => c !== 'abusive').reduce((a, b) =>
    judgement.scores[a] >= judgement.scores[b] ? a : b,
  )
  metrics.verdicts.inc({ verdict: verdict.verdict, category: verdict.verdict === 'clean' ? 'none' : worst })
  for (const { filter } of verdict.evidence ?? []) metrics.filterEvidence.inc({ filter })
  metrics.score.observe({ category: 'abusive' }, judgement.scores.abusive)
  if (verdict.verdict === 'flag') totals.flagged += 1
  if (verdict.verdict === 'mild') totals.mild += 1
  if (decision.kind !== 'review' || applied === null) return
  const level = suggest(applied.strikes, channels(verdict.channelId).settings.ladder)
  metrics.strikes.inc({ level })
  if (applied.caseOpened === true) metrics.escalations.inc({ level })
}

/** Counts one record's outcome once its effects are durable; `nowMs` ends its latency. */
export const observeOutcome =
  (metrics: Metrics, totals: StreamTotals, channels: ChannelLookup, now: () => number) =>
  (outcome: Outcome, applied: AppliedEffect | null): void => {
    if (outcome.kind === 'dead-letter') {
      totals.deadLetters += 1
      metrics.deadLetters.inc({ reason: outcome.letter.reason })
      metrics.processed.inc({ outcome: 'dead_letter' })
      return
    }
    if (applied?.result === 'duplicate') {
      metrics.processed.inc({ outcome: 'duplicate' })
      return
    }
    metrics.processed.inc({ outcome: 'verdict' })
    const latencyMs = Math.max(0, now() - outcome.record.timestampMs)
    metrics.latency.observe({ path: outcome.judgement.path }, latencyMs / 1000)
    observeVerdict(metrics, totals, outcome, applied, channels)
  }

export type NetworkRole = 'first' | 'second'

const STAGES = {
  first: { queue: 'queue', infer: 'infer' },
  second: { queue: 'second_queue', infer: 'second_infer' },
} as const satisfies Record<NetworkRole, unknown>

/** The numbers of a network's batcher: its stages apart, batches and tokens of both together. */
export const observeBatches = (metrics: Metrics, role: NetworkRole): BatcherHooks => ({
  onWait: (seconds) => metrics.stage.observe({ stage: STAGES[role].queue }, seconds),
  onBatch: ({ rows, realTokens, paddingTokens, seconds }) => {
    metrics.batchMessages.observe(rows)
    metrics.batchTokens.observe(realTokens + paddingTokens)
    metrics.tokens.inc({ kind: 'real' }, realTokens)
    metrics.tokens.inc({ kind: 'padding' }, paddingTokens)
    metrics.stage.observe({ stage: STAGES[role].infer }, seconds)
  },
  onError: (reason) => metrics.inferenceErrors.inc({ reason }),
})
