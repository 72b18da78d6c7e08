import type { FilterEvidence } from '../domain/filter-evidence.js'
import type { Role } from '../domain/message.js'
import { CATEGORIES, type Category, type Scores, type VerdictKind } from '../domain/verdict.js'

/** What a verdict means for its author. */
export type Decision =
  | { readonly kind: 'none'; readonly reasons: readonly string[] }
  | { readonly kind: 'review'; readonly strikeWeight: number; readonly reasons: readonly string[] }

/** Strikes of a certain hit; `abusive` alone (no category is sure) counts as the lightest. */
const CATEGORY_WEIGHTS: Readonly<Partial<Record<Category, number>>> = {
  profanity: 1,
  insult: 1,
  hate: 2,
  sexual: 2,
  threat: 3,
}

const round = (value: number): number => Math.round(value * 1000) / 1000

interface Judged {
  readonly verdict: VerdictKind
  readonly scores: Scores
  /** Names of the deny terms that matched. */
  readonly denied: readonly string[]
  /** What chat filters found: told with the reasons, never a reason alone. */
  readonly evidence?: readonly FilterEvidence[]
}

/**
 * Turns a verdict into strikes: the heaviest category over its threshold, times the confidence.
 * Exempt roles get the verdict but neither strikes nor a case.
 */
export const decide = (
  { verdict, scores, denied, evidence = [] }: Judged,
  roles: readonly Role[],
  thresholds: Scores,
  exemptRoles: readonly Role[],
): Decision => {
  if (verdict !== 'flag') return { kind: 'none', reasons: [] }
  const exempt = roles.find((role) => exemptRoles.includes(role))
  if (exempt !== undefined) return { kind: 'none', reasons: [`exempt:${exempt}`] }
  const fired = CATEGORIES.filter((c) => CATEGORY_WEIGHTS[c] !== undefined && scores[c] >= thresholds[c])
  const reasons = [...denied.map((term) => `term:${term}`), ...fired.map((c) => `model:${c}`)]
  const weight = Math.max(1, ...fired.map((c) => CATEGORY_WEIGHTS[c] ?? 1))
  return {
    kind: 'review',
    strikeWeight: round(weight * scores.abusive),
    reasons: [
      ...(reasons.length > 0 ? reasons : ['model:abusive']),
      ...evidence.map(({ filter }) => `filter:${filter}`),
    ],
  }
}
