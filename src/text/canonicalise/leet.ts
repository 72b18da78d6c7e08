import { codePointAt, type MappedText, withCodePoints } from '../mapped-text.js'
import { isLetterSign, readSigns } from './english-lexicon.js'
import { isDigit, isLatin, isUpper, mapOf } from './letters.js'

const LEET = mapOf('0o 1i 3e 4a 5s 7t @a $s !i |l')
const MIN_LETTERS = 2
/** Words that are looked up; with a sign at an end they are longer than a model's name (a55). */
const MIN_KNOWN = 3
const MIN_WITH_END = 4
const MAX_KNOWN = 20

const isPart = (codePoint: number): boolean =>
  isLatin(codePoint) || isDigit(codePoint) || isLetterSign(codePoint)
const isMoney = (codePoint: number): boolean => codePoint === 0x24
const isFirst = (codePoint: number): boolean => isMoney(codePoint) || codePoint === 0x40

// Marks after a word: sh1t!
const isClosing = (codePoint: number): boolean => codePoint === 0x21 || codePoint === 0x7c

/**
 * True when the signs of the word stand where letters would: between letters, or $ and @ at its ends. A digit
 * before a capital (part1Name) is the name of an emote.
 */
const isDisguised = (text: MappedText, from: number, to: number): boolean => {
  let letters = 0
  let signs = 0
  for (let i = from; i < to; i += 1) {
    const codePoint = codePointAt(text, i)
    if (isLatin(codePoint)) letters += 1
    else if (!LEET.has(codePoint)) return false
    else if (i === from ? !isFirst(codePoint) : i === to - 1 && !isMoney(codePoint)) return false
    else if (isDigit(codePoint) && isUpper(codePointAt(text, i + 1)) && !isUpper(codePointAt(text, i - 1)))
      return false
    else signs += 1
  }
  return signs > 0 && 2 * letters >= signs && letters + signs > MIN_LETTERS
}

/** The English word that is meant by `from..to` with its signs; where one is at an end, it has two letters and more. */
const wordOf = (text: MappedText, from: number, to: number, signs: number): string | undefined => {
  if (to - from < MIN_KNOWN || to - from > MAX_KNOWN || signs === to - from) return undefined
  const hasEnd = !isLatin(codePointAt(text, from)) || !isLatin(codePointAt(text, to - 1))
  if (hasEnd && (to - from < MIN_WITH_END || to - from - signs < MIN_LETTERS)) return undefined
  return readSigns(String.fromCodePoint(...text.codePoints.slice(from, to)).toLowerCase())
}

/** Reads digits and signs inside Latin words as the letters they stand for (sh1t, a$$, b!tch). */
export const readLeet = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let changed: number[] | undefined
  for (let from = 0; from < n; ) {
    let to = from
    let signs = 0
    for (; to < n && isPart(codePointAt(text, to)); to += 1) if (!isLatin(codePointAt(text, to))) signs += 1
    let end = to
    for (; end > from && isClosing(codePointAt(text, end - 1)); end -= 1) signs -= 1
    const word = signs > 0 ? wordOf(text, from, end, signs) : undefined
    if (word !== undefined || (signs > 0 && end - from > MIN_LETTERS && isDisguised(text, from, end))) {
      changed ??= text.codePoints.slice()
      for (let i = from; i < end; i += 1)
        changed[i] = word?.charCodeAt(i - from) ?? LEET.get(codePointAt(text, i)) ?? codePointAt(text, i)
    }
    from = to + 1
  }
  return changed === undefined ? text : withCodePoints(text, changed)
}
