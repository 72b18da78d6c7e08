/**
 * A text of which every code point knows the code points of the original that it came from. The three
 * arrays have one length; `starts[i]..ends[i]` is half-open, in code points of the original.
 */
export interface MappedText {
  readonly codePoints: readonly number[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Half-open, in indices of a `MappedText` (or of a list of tokens). */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A `MappedText` in the making, of which the first `length` code points are written. */
export interface Draft {
  readonly codePoints: number[]
  readonly starts: number[]
  readonly ends: number[]
  length: number
}

/** What `codePointAt` answers outside the text: no code point. */
export const NOTHING = -1

export const createDraft = (): Draft => ({ codePoints: [], starts: [], ends: [], length: 0 })

/** A draft that begins with the first `length` code points of `text`, and has room for as many as `text` has. */
export const draftOf = (text: MappedText, length: number): Draft => ({
  codePoints: text.codePoints.slice(),
  starts: text.starts.slice(),
  ends: text.ends.slice(),
  length,
})

/** What the draft became, which is not written any more. */
export const textOf = ({ codePoints, starts, ends, length }: Draft): MappedText => {
  if (length < codePoints.length) for (const list of [codePoints, starts, ends]) list.length = length
  return { codePoints, starts, ends }
}

/** The same places with other code points. */
export const withCodePoints = ({ starts, ends }: MappedText, codePoints: readonly number[]): MappedText => ({
  codePoints,
  starts,
  ends,
})

/** The code point at `index`, or `NOTHING` outside the text. */
export const codePointAt = (text: MappedText, index: number): number =>
  index < 0 || index >= text.codePoints.length ? NOTHING : (text.codePoints[index] ?? NOTHING)

/** Where in the original the code point at `index` (which must exist) starts. */
export const startAt = (text: MappedText, index: number): number => text.starts[index] ?? 0

/** Where in the original the code point at `index` (which must exist) ends. */
export const endAt = (text: MappedText, index: number): number => text.ends[index] ?? 0

/** Appends `codePoint` as what the original's `start..end` became. */
export const append = (draft: Draft, codePoint: number, start: number, end: number): void => {
  const at = draft.length
  draft.codePoints[at] = codePoint
  draft.starts[at] = start
  draft.ends[at] = end
  draft.length = at + 1
}

/** The last code point of the draft, or `NOTHING`. */
export const lastOf = ({ codePoints, length }: Draft): number =>
  length === 0 ? NOTHING : (codePoints[length - 1] ?? NOTHING)

/** Appends `codePoint` in the place of the code points `from..to` (at least one) of `text`. */
export const replace = (
  draft: Draft,
  text: MappedText,
  codePoint: number,
  from: number,
  to: number,
): void => {
  let start = startAt(text, from)
  let end = endAt(text, from)
  // In text that was reversed, what comes first does not start first.
  for (let i = from + 1; i < to; i += 1) {
    start = Math.min(start, startAt(text, i))
    end = Math.max(end, endAt(text, i))
  }
  append(draft, codePoint, start, end)
}

/** A code point, and how many of a text it stands for. */
export interface Reading {
  readonly codePoint: number
  readonly length: number
}

/** Appends readings of the code points of `text` from `from` on, one behind the other; the place behind the last. */
export const replaceEach = (
  draft: Draft,
  text: MappedText,
  readings: readonly Reading[],
  from: number,
): number => {
  let at = from
  for (const { codePoint, length } of readings) {
    replace(draft, text, codePoint, at, at + length)
    at += length
  }
  return at
}

/** Makes the last code point of the draft stand for `codePoint`, which also came from `start..end`. */
export const extendLast = (draft: Draft, codePoint: number, start: number, end: number): void => {
  const last = draft.length - 1
  draft.codePoints[last] = codePoint
  draft.starts[last] = Math.min(draft.starts[last] ?? start, start)
  draft.ends[last] = Math.max(draft.ends[last] ?? end, end)
}

/** Appends the code points `from..to` of `text` unchanged. */
export const copy = (draft: Draft, text: MappedText, from: number, to: number): void => {
  const { codePoints, starts, ends } = draft
  let at = draft.length
  for (let i = from; i < to; i += 1, at += 1) {
    codePoints[at] = codePointAt(text, i)
    starts[at] = startAt(text, i)
    ends[at] = endAt(text, i)
  }
  draft.length = at
}

/** The code points `from..to` of `text`. */
export const slice = ({ codePoints, starts, ends }: MappedText, from: number, to: number): MappedText => ({
  codePoints: codePoints.slice(from, to),
  starts: starts.slice(from, to),
  ends: ends.slice(from, to),
})

/** Where in the original the code points `from..to` (all of them, when not said) came from; nothing for none. */
export const rawRange = (
  { starts, ends }: Pick<MappedText, 'starts' | 'ends'>,
  from = 0,
  to = starts.length,
): Range => {
  let start = Number.POSITIVE_INFINITY
  let end = 0
  // In text that was reversed, what comes first does not start first.
  for (let i = from; i < to; i += 1) {
    start = Math.min(start, starts[i] ?? start)
    end = Math.max(end, ends[i] ?? end)
  }
  return { start, end }
}

/** True when both texts read the same, wherever they came from. */
export const readsSame = (a: MappedText, b: MappedText): boolean => {
  if (a === b) return true
  const n = a.codePoints.length
  if (n !== b.codePoints.length) return false
  for (let i = 0; i < n; i += 1) if (a.codePoints[i] !== b.codePoints[i]) return false
  return true
}

/** Replaces each code point by `change(codePoint)`; the same object when nothing changes. */
export const mapCodePoints = (text: MappedText, change: (codePoint: number) => number): MappedText => {
  const n = text.codePoints.length
  let first = 0
  while (first < n && change(codePointAt(text, first)) === codePointAt(text, first)) first += 1
  if (first === n) return text
  const codePoints = text.codePoints.slice()
  for (let i = first; i < n; i += 1) codePoints[i] = change(codePointAt(text, i))
  return withCodePoints(text, codePoints)
}
