import type { MappedText } from '../../src/text/mapped-text.js'
import { scoredViews } from '../../src/text/scored-views.js'
import type { View } from '../../src/text/views.js'

/** The texts that the classifier turns into tokens: passages and windows that no earlier view has. */
export const scoredTexts = (views: readonly View[]): readonly MappedText[] => {
  const seen = new Set<string>()
  const isNew = ({ codePoints }: MappedText): boolean => {
    const before = seen.size
    return seen.add(String.fromCodePoint(...codePoints)).size > before
  }
  return scoredViews(views).flatMap(({ passages, windows }) => [...windows, ...passages].filter(isNew))
}
