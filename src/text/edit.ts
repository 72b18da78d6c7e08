import { codePointAt, copy, type Draft, draftOf, lastOf, type MappedText, textOf } from './mapped-text.js'

/** A text of which some places are written anew, in order; all else is copied, as much at once as there is. */
export class Edit {
  readonly #text: MappedText
  #draft: Draft | undefined
  /** Where the text goes on behind the last place that was cut. */
  #from = 0

  constructor(text: MappedText) {
    this.#text = text
  }

  /** Leaves out the code points `start..end`; what is appended to the draft next stands in their place. */
  cut(start: number, end: number): Draft {
    if (this.#draft === undefined) this.#draft = draftOf(this.#text, start)
    else copy(this.#draft, this.#text, this.#from, start)
    this.#from = end
    return this.#draft
  }

  /** What stands before the code point `i` of the text, of which nothing from `i` on was cut. */
  before(i: number): number {
    return this.#draft !== undefined && this.#from === i
      ? lastOf(this.#draft)
      : codePointAt(this.#text, i - 1)
  }

  /** The text as it was edited; the same object when nothing was cut. */
  result(): MappedText {
    const text = this.#text
    if (this.#draft === undefined) return text
    copy(this.#draft, text, this.#from, text.codePoints.length)
    return textOf(this.#draft)
  }
}

/** Keeps the code points of which `isKept` says so; the same object when all are kept. */
export const filterCodePoints = (text: MappedText, isKept: (codePoint: number) => boolean): MappedText => {
  const edit = new Edit(text)
  const n = text.codePoints.length
  for (let start = 0, end = 0; start < n; start = end + 1) {
    for (end = start; end < n && !isKept(codePointAt(text, end)); ) end += 1
    if (end > start) edit.cut(start, end)
  }
  return edit.result()
}
