import { isHangul } from '../hangul.js'
import { codePointAt, type MappedText, type Range } from '../mapped-text.js'
import { emoteEnd } from './emotes.js'
import { isDigit, isLatin, isSpace } from './letters.js'

const isMark = (codePoint: number): boolean =>
  codePoint >= 0 && !isSpace(codePoint) && !isDigit(codePoint) && !isLatin(codePoint) && !isHangul(codePoint)

const marksIn = (text: MappedText, gaps: readonly Range[]): ReadonlySet<number> => {
  const marks = new Set<number>()
  for (const { start, end } of gaps)
    for (let i = start, next = i; i < end; i = next) {
      const behindEmote = emoteEnd(text, i)
      next = Math.max(behindEmote, i + 1)
      if (behindEmote === i && isMark(codePointAt(text, i))) marks.add(codePointAt(text, i))
    }
  return marks
}

/**
 * The gaps inside a word and, where the word is wrapped letter by letter ({시}{발}, *f**u**c**k*), what of the
 * wrapping stands before its first letter and behind its last. In order; `from` is what is taken already.
 */
export const withWrapping = (
  text: MappedText,
  word: Range,
  gaps: readonly Range[],
  from: number,
): readonly Range[] => {
  const marks = marksIn(text, gaps)
  let start = word.start
  while (start > from && marks.has(codePointAt(text, start - 1))) start -= 1
  let end = word.end
  while (marks.has(codePointAt(text, end))) end += 1
  return [{ start, end: word.start }, ...gaps, { start: word.end, end }].filter((gap) => gap.start < gap.end)
}
