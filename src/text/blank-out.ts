import { SPACE } from './canonicalise/letters.js'
import { cut, edited, editOf } from './edit.js'
import { type MappedText, type Range, replace } from './mapped-text.js'

/** The text with each range read as one space: what stands beside it is judged without it, and apart. */
export const blankOut = (text: MappedText, ranges: readonly Range[]): MappedText => {
  const edit = editOf(text)
  let from = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    const first = Math.max(from, start)
    replace(cut(edit, first, end), text, SPACE, first, end)
    from = end
  }
  return edited(edit)
}
