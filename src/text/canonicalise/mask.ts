import type { Emote } from '../../domain/message.js'
import { cut, edited, editOf } from '../edit.js'
import { codePointAt, copy, type MappedText, type Range, replace, slice } from '../mapped-text.js'
import { SPECIAL } from '../special-tokens.js'
import { readHiddenWords } from './hidden-words.js'
import { isDigit } from './letters.js'
import { findMentions, findPhones, findPrices, findUrls } from './mask-patterns.js'

// One UTF-16 unit a code point, so that an index of a match is an index of the text.
const toUnits = (text: MappedText): string =>
  String.fromCharCode(...text.codePoints.map((codePoint) => Math.min(codePoint, 0xffff)))

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

/** A range of a text, and the special code point that it becomes. */
export interface Special extends Range {
  readonly special: number
}

/** Ranges of one kind; an earlier claim on any of its code points wins. */
type Claim = (start: number, end: number, special: number) => void

const claimPatterns = (text: MappedText, claim: Claim): void => {
  const { digits, hasAt, hasDot } = clues(text)
  if (digits === 0 && !hasAt && !hasDot) return
  const units = toUnits(text)
  const claimAll = (ranges: Iterable<readonly [number, number]>, special: number): void => {
    for (const [start, end] of ranges) claim(start, end, special)
  }
  if (hasDot) claimAll(findUrls(units), SPECIAL.url)
  if (hasAt) claimAll(findMentions(units), SPECIAL.user)
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
 * For each special the words that it would be if it were words: names after an @, and what links, mail addresses and
 * logins spell. Undefined for those that spell nothing.
 */
export const readNames = (
  text: MappedText,
  specials: readonly Special[],
): readonly (MappedText | undefined)[] =>
  specials.map(({ start, end, special }) =>
    special === SPECIAL.user || special === SPECIAL.url
      ? readHiddenWords(slice(text, start, end))
      : undefined,
  )

/**
 * Emotes (half-open ranges in code points), mentions, links, phone numbers and prices, in order. Must come first:
 * positions of emotes count the raw text.
 */
export const findSpecials = (text: MappedText, emotes: readonly Emote[]): readonly Special[] => {
  const specials: Special[] = []
  let owned: Uint8Array | undefined
  const claim: Claim = (start, end, special) => {
    owned ??= new Uint8Array(text.codePoints.length)
    if (start >= end || owned.subarray(start, end).includes(1)) return
    owned.fill(1, start, end)
    specials.push({ start, end, special })
  }
  claimEmotes(text, emotes, claim)
  claimPatterns(text, claim)
  return specials.sort((a, b) => a.start - b.start)
}

/** The text with one code point for each of its specials, but for those that have `words`. */
export const maskSpecials = (
  text: MappedText,
  specials: readonly Special[],
  words: readonly (MappedText | undefined)[] = [],
): MappedText => {
  const edit = editOf(text)
  for (const [i, { start, end, special }] of specials.entries()) {
    const draft = cut(edit, start, end)
    const spelled = words[i]
    if (spelled === undefined) replace(draft, text, special, start, end)
    else copy(draft, spelled, 0, spelled.codePoints.length)
  }
  return edited(edit)
}
