import { isJamo, isSyllable } from '../hangul.js'
import { codePointAt, copy, draftOf, type MappedText, textOf } from '../mapped-text.js'
import { isReaction } from './segments.js'

/** The end of the run of one jamo between two syllables that starts at `i`; `i` when there is none. */
const endOfStray = (text: MappedText, i: number): number => {
  const jamo = codePointAt(text, i)
  if (!isJamo(jamo) || isReaction(jamo) || !isSyllable(codePointAt(text, i - 1))) return i
  let end = i + 1
  while (codePointAt(text, end) === jamo) end += 1
  return isSyllable(codePointAt(text, end)) ? end : i
}

/**
 * Leaves out one jamo, however often repeated, between two syllables (시ㅇ발, 시ㅏ발): a reading beside the one
 * in which it closes the syllable before it.
 */
export const dropStrayJamo = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let first = 0
  while (first < n && endOfStray(text, first) === first) first += 1
  if (first === n) return text
  const draft = draftOf(text, first)
  for (let i = first; i < n; ) {
    const end = endOfStray(text, i)
    if (end === i) copy(draft, text, i, i + 1)
    i = Math.max(end, i + 1)
  }
  return textOf(draft)
}
