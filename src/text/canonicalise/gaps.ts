import { codePointAt, type MappedText, type Range } from '../mapped-text.js'
import { emoteEnd } from './emotes.js'
import { isDigit, isLatin, isSpace, setOf } from './letters.js'
import { isReaction, type Segment } from './segments.js'

// What people write between two words when they leave out the space.
const SENTENCE = setOf('.,!?~/-()[]\'"…·’“”')

/** What is in a gap, as bits. */
export const HAS = {
  space: 1,
  digit: 2,
  /** An emote or an emoji, however it is written. */
  emote: 4,
  /** What people write between two words, counting and laughing included. */
  ordinary: 8,
  /** What says something of its own: laughter, and numbers but for the digit of an emote's name (4Head). */
  broken: 16,
} as const

const hasOf = (text: MappedText, i: number): number => {
  const codePoint = codePointAt(text, i)
  if (isSpace(codePoint)) return HAS.space
  // Of letters only names of emotes, and what fills a word, are no segments.
  if (isLatin(codePoint)) return HAS.emote
  if (isDigit(codePoint))
    return HAS.digit | HAS.ordinary | (isLatin(codePointAt(text, i + 1)) ? 0 : HAS.broken)
  if (isReaction(codePoint)) return HAS.ordinary | HAS.broken
  return SENTENCE.has(codePoint) ? HAS.ordinary : 0
}

/** What stands between two segments. */
export interface Gap extends Range {
  readonly has: number
  /** Code points; emotes in a row, and letters in a row, are one. */
  readonly marks: number
}

export const gapBetween = (text: MappedText, a: Segment, b: Segment): Gap => {
  let [has, marks, before] = [0, 0, 0]
  for (let i = a.end; i < b.start; ) {
    const end = emoteEnd(text, i)
    const now = end > i ? HAS.emote : hasOf(text, i)
    if (now !== HAS.emote || before !== HAS.emote) marks += 1
    has |= now
    before = now
    i = Math.max(end, i + 1)
  }
  return { start: a.end, end: b.start, has, marks }
}

/** True when there is some of it in a gap. */
export const gapHas = ({ has }: Gap, one: (typeof HAS)[keyof typeof HAS]): boolean => (has & one) !== 0
