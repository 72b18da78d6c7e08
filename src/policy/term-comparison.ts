import { codePointAt, endAt, type MappedText, startAt } from '../text/mapped-text.js'

const NOWHERE = -1

/** For each place of the original, the place of `text` that starts there. */
const placesOf = (text: MappedText): Int32Array => {
  const n = text.codePoints.length
  let rawLength = 0
  for (let i = 0; i < n; i += 1) rawLength = Math.max(rawLength, endAt(text, i))
  const places = new Int32Array(rawLength).fill(NOWHERE)
  for (let i = 0; i < n; i += 1) places[startAt(text, i)] = i
  return places
}

/**
 * For each code point of a view, how many before it, it included, stand in the canonical text one after the other,
 * written and placed the same.
 */
const sameRuns = (canonical: MappedText, places: Int32Array, text: MappedText): Int32Array => {
  const n = text.codePoints.length
  const runs = new Int32Array(n)
  const isSame = (place: number, i: number): boolean =>
    codePointAt(canonical, place) === codePointAt(text, i) && startAt(canonical, place) === startAt(text, i)
  let last = NOWHERE
  for (let i = 0; i < n; i += 1) {
    if (last !== NOWHERE && isSame(last + 1, i)) {
      last += 1
      runs[i] = (runs[i - 1] ?? 0) + 1
      continue
    }
    const place = places[startAt(text, i)] ?? NOWHERE
    last = place !== NOWHERE && isSame(place, i) ? place : NOWHERE
    runs[i] = last === NOWHERE ? 0 : 1
  }
  return runs
}

/** How many code points before `end` of a view read as the canonical text of the same place does. */
export type SameBefore = (end: number) => number

export const createComparison = (canonical: MappedText): ((text: MappedText) => SameBefore) => {
  let places: Int32Array | undefined
  return (text) => {
    let runs: Int32Array | undefined
    return (end) => {
      places ??= placesOf(canonical)
      runs ??= sameRuns(canonical, places, text)
      return runs[end - 1] ?? 0
    }
  }
}
