import { SPACE } from '../text/canonicalise/letters.js'
import { isLoneLetter } from '../text/lone-letter.js'
import { type MappedText, type Range, rawRange, slice } from '../text/mapped-text.js'

/** Neighbouring words of a text, or neighbouring letters of its only word. */
export interface Run {
  /** Words, or letters. */
  readonly size: number
  readonly text: MappedText
  /** What is left of the text without it. */
  readonly rest: MappedText
}

/** Words, half-open in indices of the text. */
export function wordsOf({ codePoints }: MappedText): readonly Range[] {
  const words: Range[] = []
  let start = 0
  for (let index = 0; index <= codePoints.length; index += 1) {
    if (index < codePoints.length && codePoints[index] !== SPACE) continue
    if (index > start) words.push({ start, end: index })
    start = index + 1
  }
  return words
}

/** Each index of a range. */
export const lettersOf = ({ start, end }: Range): readonly Range[] =>
  Array.from({ length: end - start }, (_, index) => ({ start: start + index, end: start + index + 1 }))

const joined = (a: MappedText, b: MappedText): MappedText => ({
  codePoints: [...a.codePoints, ...b.codePoints],
  starts: [...a.starts, ...b.starts],
  ends: [...a.ends, ...b.ends],
})

const LETTER = /\p{L}/u
const isLetter = (codePoint: number | undefined): boolean =>
  codePoint !== undefined && LETTER.test(String.fromCodePoint(codePoint))

/** More than a letter, from letter to letter: marks and digits disguise a word from inside. */
const isPartOfWord = (text: MappedText): boolean =>
  isLetter(text.codePoints[0]) && isLetter(text.codePoints.at(-1)) && !isLoneLetter(text)

/** Runs of at most `maxWords` words, the smallest first; of a text of one word, from letter to letter of it. */
export function runsOf(text: MappedText, maxWords: number): readonly Run[] {
  const words = wordsOf(text)
  const [only] = words
  const units = only && words.length === 1 ? lettersOf(only) : words
  const most = words.length === 1 ? units.length : maxWords
  const runs = units.flatMap(({ start }, first) =>
    units.slice(first, first + most).map(({ end }, more): Run => {
      const next = units[first + more + 1]
      const before = slice(text, 0, next ? start : (units[first - 1]?.end ?? 0))
      const rest = next ? joined(before, slice(text, next.start, text.codePoints.length)) : before
      return { size: more + 1, text: slice(text, start, end), rest }
    }),
  )
  const asked = words.length === 1 ? runs.filter(({ text: letters }) => isPartOfWord(letters)) : runs
  return asked.toSorted((a, b) => a.size - b.size)
}

/** The part of a text that came from a range of the original. */
export const partOf = (text: MappedText, range: Range): MappedText => slice(text, ...indicesOf(text, range))

const indicesOf = ({ starts, ends }: MappedText, range: Range): readonly [from: number, to: number] => [
  Math.max(
    0,
    ends.findIndex((each) => each > range.start),
  ),
  starts.findLastIndex((each) => each < range.end) + 1,
]

/** A part of a text, and up to `count` words on either side. */
export function withNeighbours(text: MappedText, part: MappedText, count: number): MappedText {
  const [from, to] = indicesOf(text, rawRange(part))
  const words = wordsOf(text)
  const before = words.filter(({ end }) => end <= from).slice(-count)
  const after = words.filter(({ start }) => start >= to).slice(0, count)
  return slice(text, before[0]?.start ?? from, after.at(-1)?.end ?? to)
}

/** True when the text came, in part, from the range of the original. */
export const touches = (text: MappedText, { start, end }: Range): boolean => {
  const range = rawRange(text)
  return range.start < end && range.end > start
}
