import { isHangul, isJamo, isSyllable } from '../hangul.js'
import { codePointAt, type MappedText, type Range } from '../mapped-text.js'
import { emoteEnd } from './emotes.js'
import { isFaceVowel, isLaughter } from './jamo-runs.js'
import { isDigit, isLatin, isSpace, isUpper } from './letters.js'

const MAX_FILLER_LETTERS = 2
/** Between two single syllables (시abcd발) more letters fill. */
const MAX_LONE_FILLER = 5
const MIN_EMOTE_LETTERS = 3
const MAX_EMOTE_LETTERS = 30
/** Syllables of a word that was cut by the name of an emote. */
const MAX_HALVES = 6

export const isReaction = (codePoint: number): boolean => isLaughter(codePoint) || isFaceVowel(codePoint)

/** A run of letters of one script. */
export interface Segment extends Range {
  readonly isLatin: boolean
}

export const lengthOf = ({ start, end }: Range): number => end - start
export const isLone = (segment: Segment): boolean => lengthOf(segment) === 1

export const has = (text: MappedText, { start, end }: Range, is: (codePoint: number) => boolean): boolean => {
  for (let i = start; i < end; i += 1) if (is(codePointAt(text, i))) return true
  return false
}

const runEnd = (text: MappedText, from: number, isMember: (codePoint: number) => boolean): number => {
  let end = from
  while (end < text.codePoints.length && isMember(codePointAt(text, end))) end += 1
  return end
}

// Laughter and tears between syllables (시ㅋㅋ발) are marks like any other.
const hangulEnd = (text: MappedText, from: number): number => {
  let end = from
  while (isHangul(codePointAt(text, end))) {
    const next = isJamo(codePointAt(text, end)) ? runEnd(text, end, isJamo) : runEnd(text, end, isSyllable)
    if (runEnd(text, end, isReaction) >= next) return end
    end = next
  }
  return end
}

const allSegments = (text: MappedText): readonly Segment[] => {
  const segments: Segment[] = []
  for (let i = 0; i < text.codePoints.length; ) {
    const behindEmote = emoteEnd(text, i)
    if (behindEmote > i) {
      i = behindEmote
      continue
    }
    const isLatinRun = isLatin(codePointAt(text, i))
    const end = isLatinRun ? runEnd(text, i, isLatin) : hangulEnd(text, i)
    if (end > i) segments.push({ start: i, end, isLatin: isLatinRun })
    // Of a run of laughter no letter begins a segment, so it is looked at once.
    i = end > i ? end : Math.max(runEnd(text, i, isJamo), i + 1)
  }
  return segments
}

/** The place before a name and its digits (4Head). */
const beforeName = (text: MappedText, { start }: Segment): number => {
  let before = start - 1
  while (isDigit(codePointAt(text, before))) before -= 1
  return before
}

// 병x신, 시Kappa발, 시 LUL 발: a letter or two, or the name of an emote, in the middle of a word.
const isFiller = (text: MappedText, before: Segment, segment: Segment, after: Segment): boolean => {
  if (!segment.isLatin || before.isLatin || after.isLatin) return false
  const isGlued = before.end === segment.start && segment.end === after.start
  if (isGlued && lengthOf(segment) <= MAX_FILLER_LETTERS) return true
  if (isGlued && lengthOf(segment) <= MAX_LONE_FILLER && isLone(before) && isLone(after)) return true
  if (lengthOf(segment) < MIN_EMOTE_LETTERS || lengthOf(segment) > MAX_EMOTE_LETTERS) return false
  const isApart =
    isSpace(codePointAt(text, beforeName(text, segment))) && isSpace(codePointAt(text, segment.end))
  const isName = has(text, segment, isUpper) && (isGlued || isApart)
  return isName && lengthOf(before) + lengthOf(after) <= MAX_HALVES
}

/** The runs of Hangul and Latin letters, without those that only fill a word of the other script. */
export const segmentsOf = (text: MappedText): readonly Segment[] => {
  const segments = allSegments(text)
  return segments.filter((segment, i) => {
    const before = segments[i - 1]
    const after = segments[i + 1]
    return before === undefined || after === undefined || !isFiller(text, before, segment, after)
  })
}
