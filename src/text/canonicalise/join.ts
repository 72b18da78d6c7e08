import { isHangul } from '../hangul.js'
import { codePointAt, copy, createDraft, type MappedText, type Range } from '../mapped-text.js'
import { isFaceVowel, isLaughter } from './jamo-runs.js'

const SPACE = 0x20
const MIN_SPELLED_LETTERS = 3

const isDigit = (codePoint: number): boolean => codePoint >= 0x30 && codePoint <= 0x39
const isLatin = (codePoint: number): boolean => codePoint >= 0x61 && codePoint <= 0x7a
const isApostrophe = (codePoint: number): boolean => codePoint === 0x27 || codePoint === 0x2019

/** A run of letters of one script. */
interface Segment extends Range {
  readonly isLatin: boolean
}

const lengthOf = ({ start, end }: Range): number => end - start
const isLone = (segment: Segment): boolean => lengthOf(segment) === 1

const runEnd = (text: MappedText, from: number, isMember: (codePoint: number) => boolean): number => {
  let end = from
  while (end < text.codePoints.length && isMember(codePointAt(text, end))) end += 1
  return end
}

const segmentsOf = (text: MappedText): readonly Segment[] => {
  const segments: Segment[] = []
  for (let i = 0; i < text.codePoints.length; ) {
    const hangulEnd = runEnd(text, i, isHangul)
    const end = hangulEnd > i ? hangulEnd : runEnd(text, i, isLatin)
    if (end > i) segments.push({ start: i, end, isLatin: hangulEnd === i })
    i = Math.max(end, i + 1)
  }
  return segments
}

// ㅋ, ㅠ and the like beside a mark are a face or a laugh.
const isReaction = (text: MappedText, { start, end }: Segment): boolean => {
  for (let i = start; i < end; i += 1) {
    const codePoint = codePointAt(text, i)
    if (!isLaughter(codePoint) && !isFaceVowel(codePoint)) return false
  }
  return true
}

const isSameLetter = (text: MappedText, a: Segment, b: Segment): boolean =>
  isLone(a) && isLone(b) && codePointAt(text, a.start) === codePointAt(text, b.start)

const gapHas = (text: MappedText, { start, end }: Range, is: (codePoint: number) => boolean): boolean => {
  for (let i = start; i < end; i += 1) if (is(codePointAt(text, i))) return true
  return false
}
const isSpace = (codePoint: number): boolean => codePoint === SPACE

// 10시, 3판: a syllable after a number counts something.
const isCounter = (text: MappedText, segment: Segment): boolean =>
  isDigit(codePointAt(text, segment.start - 1))

const joinsHangul = (text: MappedText, a: Segment, b: Segment): boolean => {
  const gap = { start: a.end, end: b.start }
  if (isReaction(text, a) || isReaction(text, b) || isSameLetter(text, a, b)) return false
  if (isCounter(text, a)) return false
  const hasDigit = gapHas(text, gap, isDigit)
  if (gapHas(text, gap, isSpace)) return isLone(a) && isLone(b) && !hasDigit
  return hasDigit ? isLone(a) : isLone(a) || isLone(b)
}

// don't, i'm, it's: contractions are spelling.
const joinsLatin = (text: MappedText, a: Segment, b: Segment): boolean => {
  const gap = { start: a.end, end: b.start }
  if (lengthOf(gap) === 0 || gapHas(text, gap, isDigit)) return false
  if (gapHas(text, gap, isSpace)) return isLone(a) && isLone(b)
  if (lengthOf(gap) === 1 && isApostrophe(codePointAt(text, gap.start)) && lengthOf(b) <= 2) return false
  return lengthOf(a) <= 2 || lengthOf(b) <= 2
}

const isJoined = (text: MappedText, a: Segment, b: Segment): boolean =>
  a.isLatin === b.isLatin && (a.isLatin ? joinsLatin(text, a, b) : joinsHangul(text, a, b))

// Two letters (a b, p.s) say nothing; three spelled out may.
const isTooShort = (segments: readonly Segment[], from: number, to: number): boolean => {
  const first = segments[from]
  const last = segments[to]
  if (first === undefined || last === undefined || !first.isLatin) return false
  let letters = 0
  for (const segment of segments.slice(from, to + 1)) letters += lengthOf(segment)
  return letters < MIN_SPELLED_LETTERS
}

/** The gaps to leave out, in order. */
const gapsOf = (text: MappedText): readonly Range[] => {
  const segments = segmentsOf(text)
  const gaps: Range[] = []
  for (let from = 0; from < segments.length; ) {
    let to = from
    const chain: Range[] = []
    for (let next = segments[to + 1]; next !== undefined; next = segments[to + 1]) {
      const last = segments[to]
      if (last === undefined || !isJoined(text, last, next)) break
      chain.push({ start: last.end, end: next.start })
      to += 1
    }
    if (!isTooShort(segments, from, to)) gaps.push(...chain)
    from = to + 1
  }
  return gaps
}

/**
 * Leaves out marks, digits, symbols and emotes inside a word and the gaps between lone syllables or letters
 * (시1발, 시 발, f*u*c*k); never the space between two ordinary words.
 */
export const joinSeparated = (text: MappedText): MappedText => {
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
