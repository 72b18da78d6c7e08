import { SPACE } from './canonicalise/letters.js'
import { copy, draftOf, type MappedText, type Range, replace, textOf } from './mapped-text.js'

/** The text with each range read as one space: what stands beside it is judged without it, and apart. */
export const blankOut = (text: MappedText, ranges: readonly Range[]): MappedText => {
  const draft = draftOf(text, 0)
  let from = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    copy(draft, text, from, Math.max(from, start))
    const first = Math.max(from, start)
    replace(draft, text, SPACE, first, end)
    from = end
  }
  copy(draft, text, from, text.codePoints.length)
  return textOf(draft)
}
