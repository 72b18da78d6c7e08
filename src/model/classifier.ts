import type { Category, Scores, ViewName } from '../domain/verdict.js'
import type { MappedText } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import type { Batcher } from './batcher.js'
import type { Artifact } from './manifest.js'

/** Token ids, each with the half-open range of raw code points it came from; three arrays of one length. */
export interface Tokens {
  readonly ids: ArrayLike<number>
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
}

/** The window that gave a category its score: half-open, in code points of the original. */
export interface Origin {
  readonly view: ViewName
  readonly start: number
  readonly end: number
}

export interface Scored {
  readonly scores: Scores
  /** Absent when no view had a token: then every score is 0. */
  readonly origins?: Readonly<Record<Category, Origin>>
  /** Nothing had to be computed. */
  readonly cached: boolean
}

export interface ClassifierOptions {
  readonly artifact: Pick<Artifact, 'calibration' | 'window'>
  readonly encode: (text: MappedText) => Tokens
  readonly batcher: Pick<Batcher, 'submit'>
  /** Rows (windows) remembered. */
  readonly cacheSize: number
  /** One call a scored message. */
  readonly onCache?: (result: 'hit' | 'miss') => void
}

export interface Classifier {
  /** Maximum of each category over all windows of all views, rounded to 4 decimals. Rejects as `Batcher.submit`. */
  score(views: readonly View[]): Promise<Scored>
  /** Each text on its own (its first window): what `evidence` asks. */
  scoreEach(texts: readonly MappedText[]): Promise<readonly Scores[]>
}

export declare function createClassifier(options: ClassifierOptions): Classifier
