import { endAt, type MappedText, type Range, rawRange, startAt } from '../text/mapped-text.js'

const NOBODY = 0

/** Ranges of one text that are discounted; none overlaps another. */
export interface AllowedRanges {
  readonly ranges: readonly Range[]
  /** False where one was added before: longer ones come first. */
  add(range: Range): boolean
  /** The number, from 1, of the range that holds all of this one; 0 when none does. */
  ownerOf(range: Range): number
}

export const createAllowedRanges = (length: number): AllowedRanges => {
  const owners = new Uint32Array(length)
  const ranges: Range[] = []
  return {
    ranges,
    add: ({ start, end }) => {
      if (owners[start] !== NOBODY || owners[end - 1] !== NOBODY) return false
      ranges.push({ start, end })
      owners.fill(ranges.length, start, end)
      return true
    },
    ownerOf: ({ start, end }) => {
      const owner = owners[start] ?? NOBODY
      return owners[end - 1] === owner ? owner : NOBODY
    },
  }
}

/** True when one of the ranges holds all of this one. */
export const isCovered = (allowed: AllowedRanges, range: Range): boolean => allowed.ownerOf(range) !== NOBODY

/** The same ranges in code points of the original. */
export const inRaw = (text: MappedText, allowed: AllowedRanges): AllowedRanges => {
  const raw = createAllowedRanges(rawRange(text).end)
  for (const range of allowed.ranges) raw.add(rawRange(text, range.start, range.end))
  return raw
}

/** Those places of a view that came from inside of the raw ranges only. */
export const inView = (text: MappedText, raw: AllowedRanges): AllowedRanges => {
  const n = text.codePoints.length
  const allowed = createAllowedRanges(n)
  if (raw.ranges.length === 0) return allowed
  const ownerAt = (i: number): number =>
    i < n ? raw.ownerOf({ start: startAt(text, i), end: endAt(text, i) }) : NOBODY
  for (let start = 0; start < n; ) {
    const owner = ownerAt(start)
    let end = start + 1
    while (owner !== NOBODY && ownerAt(end) === owner) end += 1
    if (owner !== NOBODY) allowed.add({ start, end })
    start = end
  }
  return allowed
}
