import { cut, edited, editOf } from '../edit.js'
import { isHangul, isJamo, isSyllable } from '../hangul.js'
import { codePointAt, copy, createDraft, type MappedText, type Range, textOf } from '../mapped-text.js'
import { mayBeEmote } from './emotes.js'
import { type Gap, gapBetween, gapHas, HAS } from './gaps.js'
import { isInitial, joinInitials } from './initials.js'
import { isDigit, isLatin, isSpace, isUpper, SPACE } from './letters.js'
import { isSyllableWithParticle, isWordOfOne } from './lone-syllables.js'
import { findKnownWords } from './respell.js'
import { isLone, isReaction, lengthOf, type Segment, segmentsOf } from './segments.js'
import { withWrapping } from './wrapping.js'

const MIN_SPELLED_LETTERS = 3
const MIN_WORD_WITH_DIGITS = 4
/** A longer gap beside an ordinary word is the end of a sentence, not a mark inside a word. */
const MAX_MARKS = 4
/** Two halves of a word (개새.끼야) are shorter than two words without a space (그래.알았어). */
const MAX_HALVES = 4
/** With a sign between them that separates no sentences (개새☆끼들아). */
const MAX_ODD_HALVES = 6
/** Syllables between the emotes that cut a word, or behind them (쓰 :) 레기), but for particles. */
const SYLLABLES_BEHIND_EMOTE = 2

const MAX_INITIALS = 3
const MAX_MARKS_IN_INITIALS = 2

const isApostrophe = (codePoint: number): boolean => codePoint === 0x27 || codePoint === 0x2019

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

const isSyllables = (text: MappedText, { start, end }: Segment): boolean => {
  for (let i = start; i < end; i += 1) if (!isSyllable(codePointAt(text, i))) return false
  return true
}

const areInitials = (text: MappedText, { start, end }: Segment): boolean => {
  for (let i = start; i < end; i += 1) if (!isInitial(codePointAt(text, i))) return false
  return end - start <= MAX_INITIALS
}

const joinsHangul = (text: MappedText, a: Segment, b: Segment, gap: Gap): boolean => {
  const { marks } = gap
  if (isFace(text, a, b) || isCounter(text, a)) return false
  if (isLone(a) && isLone(b)) return true
  // 미네;;ㄷ ends in a reaction, ㄱㅅ3ㄲ is one word of initials.
  if (isLone(b) && isJamo(codePointAt(text, b.start)))
    return areInitials(text, a) && isInitial(codePointAt(text, b.start)) && marks <= MAX_MARKS_IN_INITIALS
  if (isLone(a) || isLone(b)) return marks <= MAX_MARKS
  const halves = gapHas(gap, HAS.ordinary) ? MAX_HALVES : MAX_ODD_HALVES
  return marks < MAX_MARKS - 1 && lengthOf(a) + lengthOf(b) <= halves
}

// don't, i'm, we'll: contractions are spelling. A digit before a capital (part1Name) is a name.
const joinsLatin = (text: MappedText, a: Segment, b: Segment, gap: Gap): boolean => {
  if (lengthOf(gap) === 0) return false
  if (gapHas(gap, HAS.digit)) {
    if (isUpper(codePointAt(text, b.start)) && !isUpper(codePointAt(text, a.end - 1))) return false
    return lengthOf(a) + lengthOf(b) >= MIN_WORD_WITH_DIGITS || (isLone(a) && isLone(b))
  }
  if (lengthOf(gap) === 1 && isApostrophe(codePointAt(text, gap.start)) && lengthOf(b) <= 2) return false
  return lengthOf(a) <= 2 || lengthOf(b) <= 2 || !gapHas(gap, HAS.ordinary)
}

const isInsideWord = (text: MappedText, a: Segment, b: Segment, gap: Gap): boolean =>
  a.isLatin === b.isLatin &&
  !gapHas(gap, HAS.space) &&
  (a.isLatin ? joinsLatin(text, a, b, gap) : joinsHangul(text, a, b, gap))

/** The segments of a text, and what stands behind each but the last. */
interface Parts {
  readonly segments: readonly Segment[]
  readonly gaps: readonly Gap[]
}

const partsOf = (text: MappedText): Parts => {
  const segments = segmentsOf(text)
  const gaps: Gap[] = []
  for (const [i, segment] of segments.entries())
    if (i > 0) gaps.push(gapBetween(text, segments[i - 1] ?? segment, segment))
  return { segments, gaps }
}

/** Segments that are all of their word: a space, or no letter, on both sides. */
const isAlone = ({ segments, gaps }: Parts, i: number): boolean => {
  const segment = segments[i]
  if (segment === undefined || !isLone(segment)) return false
  const before = i > 0 ? gaps[i - 1] : undefined
  const after = gaps[i]
  return (
    (before === undefined || gapHas(before, HAS.space)) &&
    (after === undefined ||
      gapHas(after, HAS.space) ||
      (segment.isLatin && segments[i + 1]?.isLatin === false))
  )
}

// The last syllable of a word that was spelled out may carry a particle (개 새 끼야).
const isLast = (text: MappedText, a: Segment, b: Segment, isFirst: boolean): boolean =>
  (!isFirst || !isWordOfOne(codePointAt(text, a.start))) && isSyllableWithParticle(text, b)

/** True when nothing but a space, marks or emotes stands between the lone letter `i` (of a word the first?) and the next. */
const isBetweenLone = (text: MappedText, parts: Parts, i: number, isFirst: boolean): boolean => {
  const a = parts.segments[i]
  const b = parts.segments[i + 1]
  const gap = parts.gaps[i]
  if (a === undefined || b === undefined || gap === undefined) return false
  if (a.isLatin !== b.isLatin || !isAlone(parts, i)) return false
  if (gapHas(gap, HAS.broken) || isFace(text, a, b) || isCounter(text, a)) return false
  return isAlone(parts, i + 1) || isLast(text, a, b, isFirst)
}

/** The known word that the letters of `parts` begin with, plainly: how many letters it has; 0 when there is none. */
const lengthOfKnownWord = (text: MappedText, parts: readonly Segment[]): number => {
  const letters = createDraft()
  for (const { start, end } of parts) copy(letters, text, start, end)
  const [first] = findKnownWords(textOf(letters))
  return first?.isPlain === true && first.start === 0 ? first.end : 0
}

/** True when `b`, behind an emote, goes on with the word that `a` begins: 지 :) 랄하네, 쓰 :) 레기, but not 병 :) 신상. */
const endsCutWord = (text: MappedText, a: Segment, b: Segment): boolean => {
  const isEnd = isLone(b) || isSyllableWithParticle(text, b)
  if (isEnd) return !isWordOfOne(codePointAt(text, a.start)) || lengthOfKnownWord(text, [a, b]) > lengthOf(a)
  if (lengthOf(b) !== SYLLABLES_BEHIND_EMOTE) return false
  // 개 :) 새끼 may be a puppy; 새끼 is read by itself.
  return (
    lengthOfKnownWord(text, [a, b]) === lengthOf(a) + lengthOf(b) &&
    lengthOfKnownWord(text, [b]) !== lengthOf(b)
  )
}

/**
 * True when an emote behind a space stands between the segment `i` and the next: behind the first syllable of a word, or
 * of what another emote has cut before (`isFirst` is false for it).
 */
const isCutByEmote = (text: MappedText, { segments, gaps }: Parts, i: number, isFirst: boolean): boolean => {
  const a = segments[i]
  const b = segments[i + 1]
  const before = gaps[i - 1]
  const gap = gaps[i]
  if (a === undefined || b === undefined || gap === undefined || !gapHas(gap, HAS.emote)) return false
  if (!isSpace(codePointAt(text, gap.start)) || gapHas(gap, HAS.ordinary) || isCounter(text, a)) return false
  const goesOn = !isFirst && before !== undefined && gapHas(before, HAS.emote)
  if (lengthOf(a) > (goesOn ? SYLLABLES_BEHIND_EMOTE : 1)) return false
  return isSyllables(text, a) && isSyllables(text, b) && endsCutWord(text, a, b)
}

// Two letters (a b, p.s) say nothing; three spelled out may.
const isWorthJoining = ({ segments }: Parts, first: number, last: number): boolean => {
  if (first === last) return false
  if (segments[first]?.isLatin !== true) return true
  const chain = segments.slice(first, last + 1)
  return chain.reduce((letters, segment) => letters + lengthOf(segment), 0) >= MIN_SPELLED_LETTERS
}

const isLetter = (codePoint: number): boolean =>
  isLatin(codePoint) || (isHangul(codePoint) && !isReaction(codePoint))

/** False for most lines: no mark before a letter, no Latin letter behind Hangul, and no lone letter of interest. */
const hasGaps = (text: MappedText): boolean => {
  let lone = 0
  let hasEmote = false
  let before = SPACE
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const codePoint = codePointAt(text, i)
    hasEmote ||= isUpper(codePoint) || mayBeEmote(codePoint)
    if (isLetter(codePoint)) {
      if (before !== SPACE && (!isLetter(before) || (isLatin(codePoint) && !isLatin(before)))) return true
      if (before === SPACE && !isLetter(codePointAt(text, i + 1))) lone += isWordOfOne(codePoint) ? 1 : 2
    }
    before = codePoint
  }
  return lone > 1 || (lone === 1 && hasEmote)
}

/** The gaps to leave out, in order. */
const gapsOf = (text: MappedText): readonly Range[] => {
  const parts = partsOf(text)
  const { segments, gaps } = parts
  const left: Range[] = []
  let first = 0
  for (let i = 0; i < segments.length; i += 1) {
    const segment = segments[i]
    const gap = gaps[i]
    const next = segments[i + 1]
    if (segment === undefined) continue
    const goesOn = gap !== undefined && next !== undefined
    const isFirst = first === i
    if (
      goesOn &&
      (isInsideWord(text, segment, next, gap) ||
        isBetweenLone(text, parts, i, isFirst) ||
        isCutByEmote(text, parts, i, isFirst))
    )
      continue
    if (isWorthJoining(parts, first, i)) {
      const word = { start: segments[first]?.start ?? 0, end: segment.end }
      left.push(...withWrapping(text, word, gaps.slice(first, i), left.at(-1)?.end ?? 0))
    }
    first = i + 1
  }
  return left
}

const joinSegments = (text: MappedText): MappedText => {
  if (!hasGaps(text)) return text
  const edit = editOf(text)
  for (const { start, end } of gapsOf(text)) cut(edit, start, end)
  return edited(edit)
}

/**
 * Leaves out marks, digits, symbols and emotes inside a word and the gaps between lone syllables or letters
 * (시1발, 시 발, f*u*c*k); never the space between two ordinary words.
 */
export const joinSeparated = (text: MappedText): MappedText => joinSegments(joinInitials(text))
