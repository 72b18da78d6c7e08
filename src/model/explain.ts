import type { Span } from '../domain/verdict.js'
import type { View } from '../text/views.js'
import type { Classifier, Scored } from './classifier.js'
import type { Thresholds } from './judge.js'

/** The spans (sorted, disjoint, at least one) that made a flagged text abusive; at most about 24 rows more. */
export declare function evidence(
  classifier: Pick<Classifier, 'scoreEach'>,
  views: readonly View[],
  scored: Scored,
  thresholds: Thresholds,
): Promise<readonly Span[]>
