import type { FilterEvidence } from './domain/filter-evidence.js'
import type { Category, Scores, VerdictKind, Versions, ViewName } from './domain/verdict.js'
import type { Thresholds } from './model/judge.js'
import type { DecidedBy } from './model/rows.js'
import type { TermKind } from './policy/channel-settings.js'
import type { Range } from './text/mapped-text.js'
import type { MapRun } from './text/offset-map.js'

/** A part of the original: half-open, in code points, and what stands there. */
export interface RawPart extends Range {
  readonly text: string
}

export interface ExplainedToken extends Range {
  readonly piece: string
}

export interface ExplainedView {
  readonly name: ViewName
  readonly text: string
  /** What the model is asked, where allowed terms were taken out; absent when that is all of `text`. */
  readonly judged?: string
  readonly map: readonly MapRun[]
  /** What of the original this view leaves out. */
  readonly lost: readonly RawPart[]
  readonly tokens: readonly ExplainedToken[]
}

/** One row that the model scored: its place in the original, and how the view reads it. */
export interface ExplainedWindow extends Range {
  readonly view: ViewName
  readonly part: 'words' | 'whole'
  readonly text: string
  readonly scores: Scores
  /**
   * `linear` where the network was not asked: the linear stage cleared the row, or too many others were worse.
   * `second` where it was, and left the row in doubt.
   */
  readonly decidedBy: DecidedBy
  /** The categories whose score in the verdict is this row's. */
  readonly won: readonly Category[]
}

/** How far a score is from its threshold, to the four places that scores have. */
export const marginOf = (score: number, threshold: number): number =>
  Math.round((score - threshold) * 10_000) / 10_000

/** A category that reached its threshold, and the row that has its score; none when a denied term says so. */
export interface Fired {
  readonly category: Category
  readonly score: number
  readonly threshold: number
  readonly margin: number
  readonly window?: Omit<ExplainedWindow, 'scores' | 'won'>
}

export interface ExplainedTerm extends RawPart {
  readonly view: ViewName
  readonly kind: TermKind
  readonly term: string
  readonly author: string
}

/** Everything that led to a verdict; what `haechi explain --json` prints. */
export interface Explanation {
  readonly text: string
  readonly source: string
  readonly channelId: string
  readonly userId: string
  readonly verdict: VerdictKind
  readonly scores: Scores
  readonly thresholds: Thresholds
  readonly truncated: boolean
  /** True when the text is one letter: the model is not asked, the same user's next messages decide. */
  readonly leftToUserWindow: boolean
  readonly spans: readonly (RawPart & { readonly category: Category; readonly view: ViewName })[]
  readonly views: readonly ExplainedView[]
  readonly windows: readonly ExplainedWindow[]
  readonly fired: readonly Fired[]
  readonly denied: readonly ExplainedTerm[]
  readonly allowed: readonly ExplainedTerm[]
  readonly evidence: readonly FilterEvidence[]
  readonly versions: Versions
}
