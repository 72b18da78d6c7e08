import { codePointAt, copy, type Draft, draftOf, lastOf, type MappedText, textOf } from './mapped-text.js'

/** A text of which some places are written anew; all else is copied, as much at once as there is. */
export interface Edit {
  readonly text: MappedText
  /** Undefined until something is cut. */
  draft: Draft | undefined
  /** Where the text goes on behind the last place that was cut. */
  from: number
}

export const editOf = (text: MappedText): Edit => ({ text, draft: undefined, from: 0 })

/**
 * Leaves out the code points `start..end`, which come behind those of the last cut; what is appended to the draft next
 * stands in their place.
 */
export const cut = (edit: Edit, start: number, end: number): Draft => {
  if (edit.draft === undefined) edit.draft = draftOf(edit.text, start)
  else copy(edit.draft, edit.text, edit.from, start)
  edit.from = end
  return edit.draft
}

/** True when what stands before the code point `i` of the text was cut, and nothing from `i` on. */
export const wasCut = ({ draft, from }: Edit, i: number): boolean => draft !== undefined && from === i

/** What stands before the code point `i` of the text, of which nothing from `i` on was cut. */
export const lastBefore = ({ text, draft, from }: Edit, i: number): number =>
  draft !== undefined && from === i ? lastOf(draft) : codePointAt(text, i - 1)

/** The text as it was edited, once, after the last cut; the same object when nothing was cut. */
export const edited = ({ text, draft, from }: Edit): MappedText => {
  if (draft === undefined) return text
  copy(draft, text, from, text.codePoints.length)
  return textOf(draft)
}

/** Keeps the code points of which `isKept` says so; the same object when all are kept. */
export const filterCodePoints = (text: MappedText, isKept: (codePoint: number) => boolean): MappedText => {
  const edit = editOf(text)
  const n = text.codePoints.length
  for (let start = 0, end = 0; start < n; start = end + 1) {
    for (end = start; end < n && !isKept(codePointAt(text, end)); ) end += 1
    if (end > start) cut(edit, start, end)
  }
  return edited(edit)
}
