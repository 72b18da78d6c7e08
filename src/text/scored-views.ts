import type { ViewName } from '../domain/verdict.js'
import { isLoneLetter } from './lone-letter.js'
import type { MappedText } from './mapped-text.js'
import type { View } from './views.js'
import { passages, wordWindows } from './word-windows.js'

/** What the model is asked about one view. */
export interface ScoredView {
  readonly name: ViewName
  readonly text: MappedText
  /** All of the text, in passages that a model can read at once; most often one. */
  readonly passages: readonly MappedText[]
  /** A few words at a time, in order; none where the text is one window. */
  readonly windows: readonly MappedText[]
}

/**
 * The views a model scores and is trained on, in order. None at all when the canonical view, the first, is a
 * lone letter; else all but those that read as one.
 */
export const scoredViews = (views: readonly View[]): readonly ScoredView[] => {
  const [canonical] = views
  if (canonical === undefined || isLoneLetter(canonical.text)) return []
  return views
    .filter(({ text }) => !isLoneLetter(text))
    .map(({ name, text }) => ({ name, text, passages: passages(text), windows: wordWindows(text) }))
}
