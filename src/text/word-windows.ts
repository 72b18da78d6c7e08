import { isLoneLetter } from './lone-letter.js'
import { codePointAt, type MappedText, type Range } from './mapped-text.js'

const SPACE = 0x20
const MAX_WORDS = 4
/** Window to window. One less when fewer words fit, so that no two neighbours are parted that fit together. */
const STRIDE_WORDS = 2
const MAX_CODE_POINTS = 24
const STRIDE_CODE_POINTS = 12

const slice = (text: MappedText, start: number, end: number): MappedText => ({
  codePoints: text.codePoints.slice(start, end),
  starts: text.starts.slice(start, end),
  ends: text.ends.slice(start, end),
})

const addPieces = (pieces: Range[], start: number, end: number): void => {
  let from = start
  for (; end - from > MAX_CODE_POINTS; from += STRIDE_CODE_POINTS)
    pieces.push({ start: from, end: from + MAX_CODE_POINTS })
  pieces.push({ start: from, end })
}

/** Words, long ones in overlapping pieces; in order. */
const piecesOf = (text: MappedText): readonly Range[] => {
  const pieces: Range[] = []
  const n = text.codePoints.length
  let start = 0
  for (let i = 0; i <= n; i += 1) {
    if (i < n && codePointAt(text, i) !== SPACE) continue
    if (i > start) addPieces(pieces, start, i)
    start = i + 1
  }
  return pieces
}

/** How many pieces from `first` on make one window; at least one. */
const fitting = (pieces: readonly Range[], first: number): number => {
  const start = pieces[first]?.start ?? 0
  let count = 1
  while (count < MAX_WORDS) {
    const next = pieces[first + count]
    if (next === undefined || next.end - start > MAX_CODE_POINTS) break
    count += 1
  }
  return count
}

/** True for most chat lines, which so cost nothing. */
const isOneWindow = ({ codePoints }: MappedText): boolean => {
  if (codePoints.length > MAX_CODE_POINTS) return false
  let words = 1
  for (const codePoint of codePoints) if (codePoint === SPACE) words += 1
  return words <= MAX_WORDS
}

/**
 * Overlapping windows of at most 4 words and 24 code points over all of the text, so that kind words do not
 * dilute the others; words longer than that are cut. None where the text is a single window. A window of one
 * letter is left out. At most one window for 4 code points.
 */
export const wordWindows = (text: MappedText): readonly MappedText[] => {
  if (isOneWindow(text)) return []
  const pieces = piecesOf(text)
  const windows: MappedText[] = []
  for (let first = 0; first < pieces.length; ) {
    const count = fitting(pieces, first)
    if (count === pieces.length) return []
    windows.push(slice(text, pieces[first]?.start ?? 0, pieces[first + count - 1]?.end ?? 0))
    if (first + count === pieces.length) break
    first += Math.max(1, Math.min(STRIDE_WORDS, count - 1))
  }
  return windows.filter((window) => !isLoneLetter(window))
}
