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

/** A text that the model is asked about: a few words, or a passage of the whole. */
export interface ScoredPart {
  readonly view: ViewName
  readonly part: 'words' | 'whole'
  readonly text: MappedText
}

/**
 * In the order in which they win when they score alike: of a view its small windows first, which say best what
 * was abusive. Views share most of their windows; those that read like an earlier one are left out.
 */
export const scoredParts = (views: readonly View[]): readonly ScoredPart[] => {
  const seen = new Set<string>()
  const isNew = ({ codePoints }: MappedText): boolean => {
    const before = seen.size
    return seen.add(String.fromCodePoint(...codePoints)).size > before
  }
  return scoredViews(views).flatMap(({ name: view, passages, windows }) => [
    ...windows.filter(isNew).map((text) => ({ view, part: 'words' as const, text })),
    ...passages.filter(isNew).map((text) => ({ view, part: 'whole' as const, text })),
  ])
}
