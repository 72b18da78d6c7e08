import type { Classifier, Scored } from '../../src/model/classifier.js'
import { lettersOf, wordsOf } from '../../src/model/word-runs.js'
import { type MappedText, type Range, rawRange } from '../../src/text/mapped-text.js'
import { makeViews, type View } from '../../src/text/views.js'

/** A text, and what the model says of it as a whole message. */
export interface ScoredText {
  readonly raw: readonly string[]
  readonly views: readonly View[]
  readonly scored: Scored
}

export const scoreText = async (
  { score }: Pick<Classifier, 'score'>,
  raw: readonly string[],
): Promise<ScoredText> => {
  const { views } = makeViews({ text: raw.join(''), emotes: [], kind: 'chat' })
  return { raw, views, scored: await score(views, 'chat') }
}

const without = (raw: readonly string[], { start, end }: Range): string[] => [
  ...raw.slice(0, start),
  ...raw.slice(end),
]

/** The message's abusive score when a range of the original is taken out, and all views are made anew. */
export const scoreWithout = async (
  classifier: Pick<Classifier, 'score'>,
  raw: readonly string[],
  range: Range,
): Promise<number> => (await scoreText(classifier, without(raw, range))).scored.scores.abusive

/** Words of a view, or the letters of the only one. */
const unitsOf = (text: MappedText): readonly Range[] => {
  const words = wordsOf(text)
  const [only] = words
  return words.length === 1 && only !== undefined ? lettersOf(only) : words
}

interface Run extends Range {
  /** Words or letters. */
  readonly size: number
  readonly isFlaggedAlone: boolean
  /** The score of the message without it. */
  readonly left: number
}

const better = (a: Run, b: Run): Run => {
  const order = a.size - b.size || a.left - b.left || a.end - a.start - (b.end - b.start)
  return order <= 0 ? a : b
}

const smallest = (runs: readonly Run[]): Range | undefined => {
  const [first, ...others] = runs
  return first && others.reduce(better, first)
}

export interface Reference {
  /** Flagged alone. */
  readonly reason: Range | undefined
  /** Flagged alone or not. */
  readonly removal: Range | undefined
}

/**
 * The smallest run of neighbouring words (of a view of one word, of letters) without which the message is no
 * longer flagged: leave-one-out over all spans, with every view of what is left made and scored anew. Of equally
 * many words that whose removal takes most off the score, then the shortest, then the first; size comes before the
 * drop, since the largest drop is always that of the whole text. Removal alone is content with the half of a pair
 * that means something only together (`yourself` of `kill yourself`), so the reason must be flagged alone too. In
 * code points of the original.
 */
export const referenceOf = async (
  classifier: Pick<Classifier, 'score'>,
  { raw, views, scored }: ScoredText,
  threshold: number,
): Promise<Reference> => {
  const text = views.find(({ name }) => name === scored.origins?.abusive.view)?.text
  if (text === undefined) return { reason: undefined, removal: undefined }
  const runOf = async (size: number, from: number, to: number): Promise<Run> => {
    const range = rawRange(text, from, to)
    const [left, alone] = await Promise.all([
      scoreWithout(classifier, raw, range),
      scoreText(classifier, raw.slice(range.start, range.end)),
    ])
    return { ...range, size, left, isFlaggedAlone: alone.scored.scores.abusive >= threshold }
  }
  const units = unitsOf(text)
  const runs = await Promise.all(
    units.flatMap(({ start }, first) =>
      units.slice(first).map(({ end }, more) => runOf(more + 1, start, end)),
    ),
  )
  const ending = runs.filter(({ left }) => left < threshold)
  return {
    reason: smallest(ending.filter(({ isFlaggedAlone }) => isFlaggedAlone)),
    removal: smallest(ending),
  }
}
