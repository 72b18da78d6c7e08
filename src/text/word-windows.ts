import { isLatin, SPACE } from './canonicalise/letters.js'
import { isHangul } from './hangul.js'
import { isLoneLetter } from './lone-letter.js'
import { codePointAt, type MappedText, NOTHING, type Range, slice } from './mapped-text.js'

interface Size {
  readonly maxWords: number
  readonly maxCodePoints: number
  /** Longer words are cut. */
  readonly maxWord: number
  /** How many words further the next one begins, of one with `count` words. */
  readonly step: (count: number) => number
}

/** A few words, so that kind ones do not dilute the others; from every word on, so that any four that fit are one. */
const WINDOW: Size = { maxWords: 4, maxCodePoints: 24, maxWord: 24, step: () => 1 }
/**
 * What four Korean words say takes twice as many Latin ones: endings and particles are words of their own. A Latin
 * word of more than 16 letters is most often several.
 */
const LATIN_WINDOW: Size = { maxWords: 8, maxCodePoints: 40, maxWord: 16, step: () => 1 }
/**
 * What a model reads at once: cut at words, since half a word may read like another. At least one word is in both of
 * two neighbours, so that none are parted that fit together.
 */
const PASSAGE: Size = {
  maxWords: Number.POSITIVE_INFINITY,
  maxCodePoints: 48,
  maxWord: 48,
  step: (count) => Math.max(1, Math.min((count + 1) >> 1, count - 1)),
}

const addPieces = (pieces: Range[], start: number, end: number, most: number): void => {
  let from = start
  for (; end - from > most; from += most >> 1) pieces.push({ start: from, end: from + most })
  pieces.push({ start: from, end })
}

/** Words, long ones in overlapping pieces; in order. */
const piecesOf = (text: MappedText, most: number): readonly Range[] => {
  const pieces: Range[] = []
  const n = text.codePoints.length
  let start = 0
  for (let i = 0; i <= n; i += 1) {
    if (i < n && codePointAt(text, i) !== SPACE) continue
    if (i > start) addPieces(pieces, start, i, most)
    start = i + 1
  }
  return pieces
}

/** How many pieces from `first` on make one window; at least one. */
const fitting = (pieces: readonly Range[], first: number, { maxWords, maxCodePoints }: Size): number => {
  const start = pieces[first]?.start ?? 0
  let count = 1
  while (count < maxWords) {
    const next = pieces[first + count]
    if (next === undefined || next.end - start > maxCodePoints) break
    // Pieces of one word, which was cut to be read in pieces.
    if (next.start < (pieces[first + count - 1]?.end ?? 0)) break
    count += 1
  }
  return count
}

/** True for most chat lines, which so cost nothing. */
const isOneWindow = ({ codePoints }: MappedText, { maxWords, maxCodePoints, maxWord }: Size): boolean => {
  if (codePoints.length > maxCodePoints) return false
  let words = 1
  let start = 0
  for (const [i, codePoint] of codePoints.entries()) {
    if (i - start >= maxWord && codePoint !== SPACE) return false
    if (codePoint !== SPACE) continue
    words += 1
    start = i + 1
  }
  return words <= maxWords
}

const windowsOfSize = (text: MappedText, size: Size): readonly MappedText[] => {
  if (isOneWindow(text, size)) return []
  const pieces = piecesOf(text, size.maxWord)
  const windows: MappedText[] = []
  for (let first = 0; first < pieces.length; ) {
    const count = fitting(pieces, first, size)
    if (count === pieces.length) return []
    windows.push(slice(text, pieces[first]?.start ?? 0, pieces[first + count - 1]?.end ?? 0))
    if (first + count === pieces.length) break
    first += size.step(count)
  }
  return windows.filter((window) => !isLoneLetter(window))
}

/** At least half of the code points, spaces and signs counted; letters that stand one by one (f u c k) are not. */
const isMostlyLatin = (text: MappedText): boolean => {
  const isLatinAt = (i: number): boolean => isLatin(codePointAt(text, i))
  let letters = 0
  for (let i = 0; i < text.codePoints.length; i += 1)
    if (isLatinAt(i) && (isLatinAt(i - 1) || isLatinAt(i + 1))) letters += 1
  return 2 * letters >= text.codePoints.length
}

const isHangulIn = ({ codePoints }: MappedText, { start, end }: Range): boolean => {
  for (let i = start; i < end; i += 1) if (isHangul(codePoints[i] ?? NOTHING)) return true
  return false
}

/** Neighbouring words that have Hangul, together. */
const hangulRuns = (text: MappedText): readonly MappedText[] => {
  const runs: { start: number; end: number }[] = []
  let isOpen = false
  for (const piece of piecesOf(text, WINDOW.maxWord)) {
    const last = isOpen ? runs.at(-1) : undefined
    isOpen = isHangulIn(text, piece)
    if (!isOpen) continue
    if (last === undefined) runs.push({ ...piece })
    else last.end = piece.end
  }
  return runs.map(({ start, end }) => slice(text, start, end)).filter((run) => !isLoneLetter(run))
}

/** Windows of a text; itself when it is one. */
const windowsIn = (text: MappedText, size: Size): readonly MappedText[] => {
  const found = windowsOfSize(text, size)
  return found.length === 0 ? [text] : found
}

/**
 * Overlapping windows of at most 4 words and 24 code points over all of the text, so that kind words do not dilute the
 * others; longer words are cut. None where the text is a single window. Of mostly Latin text they have 8 words and 40
 * code points (words are cut at 16), and the Korean words in it have windows of their own. A window of one letter is
 * left out. At most one window for 2 code points.
 */
export const wordWindows = (text: MappedText): readonly MappedText[] => {
  if (!isMostlyLatin(text)) return windowsOfSize(text, WINDOW)
  const korean = hangulRuns(text).flatMap((run) => windowsIn(run, WINDOW))
  return [...windowsOfSize(text, LATIN_WINDOW), ...korean]
}

/** The text in overlapping passages of at most 48 code points that begin and end at words; itself when it is short. */
export const passages = (text: MappedText): readonly MappedText[] => windowsIn(text, PASSAGE)
