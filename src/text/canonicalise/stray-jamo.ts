import { cut, edited, editOf } from '../edit.js'
import { isJamo, isSyllable } from '../hangul.js'
import { codePointAt, type MappedText } from '../mapped-text.js'
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
  const edit = editOf(text)
  for (let i = 0, end = 0; i < text.codePoints.length; i = Math.max(end, i + 1)) {
    end = endOfStray(text, i)
    if (end > i) cut(edit, i, end)
  }
  return edited(edit)
}
