import type { FilterEvidence } from './filter-evidence.js'

/** `abusive` is the decision; the others say why; `mild` is swearing for emphasis only. */
export const CATEGORIES = ['abusive', 'profanity', 'insult', 'hate', 'sexual', 'threat', 'mild'] as const
export type Category = (typeof CATEGORIES)[number]

/** A calibrated score in 0..1 for each category. */
export type Scores = Readonly<Record<Category, number>>

/** The view of the text that fired; `window` is the same user's joined messages, `title` a post's title. */
export type ViewName = 'canonical' | 'raw' | 'joined' | 'keyboard' | 'shape' | 'phonetic' | 'window' | 'title'

/** Half-open, in code points of the original text (of the title when `view` is `title`). */
export interface Span {
  readonly start: number
  readonly end: number
  readonly category: Category
  readonly view: ViewName
}

export interface Versions {
  readonly model: string
  readonly tokenizer: string
  readonly canonicaliser: string
  readonly thresholds: string
  readonly rules: string
}

export const VERDICT_KINDS = ['clean', 'mild', 'flag'] as const
export type VerdictKind = (typeof VERDICT_KINDS)[number]

/** What `moderation.verdicts` carries (schema: `schema/verdict.schema.json`). */
export interface Verdict {
  readonly messageId: string
  readonly source: string
  readonly channelId: string
  readonly userId: string
  readonly sentAt: string
  readonly verdict: VerdictKind
  readonly scores: Scores
  readonly spans: readonly Span[]
  /** What chat filters found; absent when they found nothing, which is always where none is on. */
  readonly evidence?: readonly FilterEvidence[]
  /** Present and true when the text was longer than the limit and only its beginning was judged. */
  readonly truncated?: true
  readonly versions: Versions
  /** RFC 3339. */
  readonly decidedAt: string
}
