import { CATEGORIES, type Category, type Scores, type VerdictKind } from '../domain/verdict.js'

/** The score, 0..1, from which a category counts. */
export type Thresholds = Readonly<Record<Category, number>>

/** `flag` when abusive reaches its threshold, else `mild` when any other category reaches its own. */
export function judge(scores: Scores, thresholds: Thresholds): VerdictKind {
  if (scores.abusive >= thresholds.abusive) return 'flag'
  return CATEGORIES.some((category) => scores[category] >= thresholds[category]) ? 'mild' : 'clean'
}
