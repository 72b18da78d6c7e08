import { isHangul, isJamo, isSyllable } from '../hangul.js'
import { codePointAt, copy, createDraft, type MappedText, type Range } from '../mapped-text.js'
import { isFaceVowel, isLaughter } from './jamo-runs.js'

const SPACE = 0x20
const MIN_SPELLED_LETTERS = 3
/** A longer gap beside an ordinary word is the end of a sentence, not a mark inside a word. */
const MAX_MARKS = 3
/** Two halves of a word (개새.끼야) are shorter than two words without a space (그래.알았어). */
const MAX_HALVES = 4
const MAX_FILLER_LETTERS = 2

const isSpace = (codePoint: number): boolean => codePoint === SPACE
const isDigit = (codePoint: number): boolean => codePoint >= 0x30 && codePoint <= 0x39
const isLatin = (codePoint: number): boolean => codePoint >= 0x61 && codePoint <= 0x7a
const isApostrophe = (codePoint: number): boolean => codePoint === 0x27 || codePoint === 0x2019
const isReaction = (codePoint: number): boolean => isLaughter(codePoint) || isFaceVowel(codePoint)

/** A run of letters of one script. */
interface Segment extends Range {
  readonly isLatin: boolean
}

const lengthOf = ({ start, end }: Range): number => end - start
const isLone = (segment: Segment): boolean => lengthOf(segment) === 1
const gapOf = (a: Segment, b: Segment): Range => ({ start: a.end, end: b.start })

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

const segmentsOf = (text: MappedText): readonly Segment[] => {
  const segments: Segment[] = []
  for (let i = 0; i < text.codePoints.length; ) {
    const hangul = hangulEnd(text, i)
    const end = hangul > i ? hangul : runEnd(text, i, isLatin)
    if (end > i) segments.push({ start: i, end, isLatin: hangul === i })
    i = Math.max(end, i + 1)
  }
  return segments
}

// 병x신: a letter or two between syllables.
const isFiller = (before: Segment, segment: Segment, after: Segment): boolean =>
  segment.isLatin &&
  lengthOf(segment) <= MAX_FILLER_LETTERS &&
  !before.isLatin &&
  !after.isLatin &&
  before.end === segment.start &&
  segment.end === after.start

const withoutFillers = (segments: readonly Segment[]): readonly Segment[] =>
  segments.filter((segment, i) => {
    const before = segments[i - 1]
    const after = segments[i + 1]
    return before === undefined || after === undefined || !isFiller(before, segment, after)
  })

const has = (text: MappedText, { start, end }: Range, is: (codePoint: number) => boolean): boolean => {
  for (let i = start; i < end; i += 1) if (is(codePointAt(text, i))) return true
  return false
}

// ㅇ.ㅇ and ㄷ ㄷ are a face and a reaction.
const isFace = (text: MappedText, a: Segment, b: Segment): boolean =>
  isLone(a) &&
  isLone(b) &&
  isJamo(codePointAt(text, a.start)) &&
  codePointAt(text, a.start) === codePointAt(text, b.start)

// 10시, 3판: a syllable after a number that begins its word counts something; 개1새1끼 does not.
const isCounter = (text: MappedText, segment: Segment): boolean => {
  let i = segment.start - 1
  while (isDigit(codePointAt(text, i))) i -= 1
  return i < segment.start - 1 && !isHangul(codePointAt(text, i))
}

const joinsHangul = (text: MappedText, a: Segment, b: Segment): boolean => {
  const marks = lengthOf(gapOf(a, b))
  if (isFace(text, a, b) || isCounter(text, a)) return false
  if (isLone(a) && isLone(b)) return true
  // 미네;;ㄷ ends in a reaction.
  if (isLone(b) && isJamo(codePointAt(text, b.start))) return false
  if (isLone(a) || isLone(b)) return marks <= MAX_MARKS
  return marks < MAX_MARKS && lengthOf(a) + lengthOf(b) <= MAX_HALVES
}

// don't, i'm, we'll: contractions are spelling.
const joinsLatin = (text: MappedText, a: Segment, b: Segment): boolean => {
  const gap = gapOf(a, b)
  if (lengthOf(gap) === 0 || has(text, gap, isDigit)) return false
  if (lengthOf(gap) === 1 && isApostrophe(codePointAt(text, gap.start)) && lengthOf(b) <= 2) return false
  return lengthOf(a) <= 2 || lengthOf(b) <= 2
}

const isInsideWord = (text: MappedText, a: Segment, b: Segment): boolean =>
  a.isLatin === b.isLatin &&
  !has(text, gapOf(a, b), isSpace) &&
  (a.isLatin ? joinsLatin(text, a, b) : joinsHangul(text, a, b))

/** Segments that are all of their word: a space, or no letter, on both sides. */
const isAlone = (text: MappedText, segments: readonly Segment[], i: number): boolean => {
  const segment = segments[i]
  if (segment === undefined || !isLone(segment)) return false
  const before = segments[i - 1]
  const after = segments[i + 1]
  return (
    (before === undefined || has(text, gapOf(before, segment), isSpace)) &&
    (after === undefined || has(text, gapOf(segment, after), isSpace))
  )
}

const isBetweenLone = (text: MappedText, segments: readonly Segment[], i: number): boolean => {
  const a = segments[i]
  const b = segments[i + 1]
  if (a === undefined || b === undefined || a.isLatin !== b.isLatin) return false
  const isBroken = (codePoint: number): boolean => isDigit(codePoint) || isReaction(codePoint)
  if (has(text, gapOf(a, b), isBroken) || isFace(text, a, b) || isCounter(text, a)) return false
  return isAlone(text, segments, i) && isAlone(text, segments, i + 1)
}

// Two letters (a b, p.s) say nothing; three spelled out may.
const isWorthJoining = (chain: readonly Segment[]): boolean =>
  chain[0]?.isLatin !== true ||
  chain.reduce((letters, segment) => letters + lengthOf(segment), 0) >= MIN_SPELLED_LETTERS

const isLetter = (codePoint: number): boolean =>
  isLatin(codePoint) || (isHangul(codePoint) && !isReaction(codePoint))

/** False for most lines: no mark before a letter, no Latin letter behind Hangul, and at most one lone letter. */
const hasGaps = (text: MappedText): boolean => {
  let lone = 0
  let before = SPACE
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const codePoint = codePointAt(text, i)
    if (isLetter(codePoint)) {
      if (before !== SPACE && (!isLetter(before) || (isLatin(codePoint) && !isLatin(before)))) return true
      if (before === SPACE && !isLetter(codePointAt(text, i + 1))) lone += 1
    }
    before = codePoint
  }
  return lone > 1
}

/** The gaps to leave out, in order. */
const gapsOf = (text: MappedText): readonly Range[] => {
  const segments = withoutFillers(segmentsOf(text))
  const gaps: Range[] = []
  let chain: Segment[] = []
  segments.forEach((segment, i) => {
    chain.push(segment)
    const next = segments[i + 1]
    if (next !== undefined && (isInsideWord(text, segment, next) || isBetweenLone(text, segments, i))) return
    if (isWorthJoining(chain))
      for (const [k, after] of chain.slice(1).entries()) {
        const before = chain[k]
        if (before !== undefined) gaps.push(gapOf(before, after))
      }
    chain = []
  })
  return gaps
}

/**
 * Leaves out marks, digits, symbols and emotes inside a word and the gaps between lone syllables or letters
 * (시1발, 시 발, f*u*c*k); never the space between two ordinary words.
 */
export const joinSeparated = (text: MappedText): MappedText => {
  if (!hasGaps(text)) return text
  const gaps = gapsOf(text)
  if (gaps.length === 0) return text
  const draft = createDraft()
  let done = 0
  for (const { start, end } of gaps) {
    copy(draft, text, done, start)
    done = end
  }
  copy(draft, text, done, text.codePoints.length)
  return draft
}
