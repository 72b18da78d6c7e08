import type { Emote } from '../../domain/message.js'
import { codePointAt, copy, draftOf, type MappedText, replace, textOf } from '../mapped-text.js'
import { SPECIAL } from '../special-tokens.js'
import { findMentions, findPhones, findPrices, findUrls } from './mask-patterns.js'

// One UTF-16 unit a code point, so that an index of a match is an index of the text.
const toUnits = (text: MappedText): string =>
  String.fromCharCode(...text.codePoints.map((codePoint) => Math.min(codePoint, 0xffff)))

const isDigit = (codePoint: number): boolean => codePoint >= 0x30 && codePoint <= 0x39

// A cheap look at which patterns could match at all: most lines have none.
const clues = (text: MappedText): { digits: number; hasAt: boolean; hasDot: boolean } => {
  let digits = 0
  let hasAt = false
  let hasDot = false
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const codePoint = codePointAt(text, i)
    if (codePoint > 0x40) continue
    if (isDigit(codePoint)) digits += 1
    else if (codePoint === 0x40) hasAt = true
    else if (codePoint === 0x2e || codePoint === 0x3a) hasDot = true
  }
  return { digits, hasAt, hasDot }
}

/** Ranges of one kind; an earlier claim on any of its code points wins. */
type Claim = (start: number, end: number, special: number) => void

const claimPatterns = (text: MappedText, withNames: boolean, claim: Claim): void => {
  const { digits, hasAt, hasDot } = clues(text)
  if (digits === 0 && !hasAt && !hasDot) return
  const units = toUnits(text)
  const claimAll = (ranges: Iterable<readonly [number, number]>, special: number): void => {
    for (const [start, end] of ranges) claim(start, end, special)
  }
  if (hasDot) claimAll(findUrls(units), SPECIAL.url)
  if (hasAt) claimAll(findMentions(units, withNames), SPECIAL.user)
  if (digits >= 8) claimAll(findPhones(units), SPECIAL.tel)
  if (digits > 0) claimAll(findPrices(units), SPECIAL.money)
}

const claimEmotes = (text: MappedText, emotes: readonly Emote[], claim: Claim): void => {
  const n = text.codePoints.length
  // Positions from the source are sometimes out of bounds, not whole, or the wrong way round.
  for (const { start, end } of emotes)
    claim(Math.max(0, Math.trunc(start) || 0), Math.min(n, Math.trunc(end) || 0), SPECIAL.emote)
}

/**
 * Emotes (half-open ranges in code points), mentions, links, phone numbers and prices become one special code
 * point each. Must come first: positions of emotes count the raw text. Without `withNames` only mentions in
 * Latin letters are masked: whatever follows an @ in Hangul may be a name or an insult.
 */
export const maskSpecials = (text: MappedText, emotes: readonly Emote[], withNames = true): MappedText => {
  const claimed: { start: number; end: number; special: number }[] = []
  let owned: Uint8Array | undefined
  const claim: Claim = (start, end, special) => {
    owned ??= new Uint8Array(text.codePoints.length)
    if (start >= end || owned.subarray(start, end).includes(1)) return
    owned.fill(1, start, end)
    claimed.push({ start, end, special })
  }
  claimEmotes(text, emotes, claim)
  claimPatterns(text, withNames, claim)
  if (claimed.length === 0) return text

  claimed.sort((a, b) => a.start - b.start)
  const draft = draftOf(text, 0)
  let done = 0
  for (const { start, end, special } of claimed) {
    copy(draft, text, done, start)
    replace(draft, text, special, start, end)
    done = end
  }
  copy(draft, text, done, text.codePoints.length)
  return textOf(draft)
}
