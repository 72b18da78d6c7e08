import { SPACE } from './canonicalise/letters.js'
import { Edit } from './edit.js'
import { type MappedText, type Range, replace } from './mapped-text.js'

/** The text with each range read as one space: what stands beside it is judged without it, and apart. */
export const blankOut = (text: MappedText, ranges: readonly Range[]): MappedText => {
  const edit = new Edit(text)
  let from = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    const first = Math.max(from, start)
    replace(edit.cut(first, end), text, SPACE, first, end)
    from = end
  }
  return edit.result()
}
