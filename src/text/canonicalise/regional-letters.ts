import { codePointAt, type MappedText, withCodePoints } from '../mapped-text.js'

const FIRST = 0x1f1e6
const LETTER_A = 0x61
const PAIR = 2

const isRegional = (codePoint: number): boolean => codePoint >= FIRST && codePoint < FIRST + 26

// A flag, perhaps several times.
const isFlag = (text: MappedText, from: number, to: number): boolean => {
  for (let i = from + PAIR; i < to; i += 1)
    if (codePointAt(text, i) !== codePointAt(text, i - PAIR)) return false
  return (to - from) % PAIR === 0
}

/** Regional indicators that make no flag are the letters they show. */
export const readRegionalLetters = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let first = 0
  while (first < n && !isRegional(codePointAt(text, first))) first += 1
  if (first === n) return text
  const codePoints = text.codePoints.slice()
  for (let from = first; from < n; ) {
    let to = from
    while (isRegional(codePointAt(text, to))) to += 1
    if (to > from && !isFlag(text, from, to))
      for (let i = from; i < to; i += 1) codePoints[i] = codePointAt(text, i) - FIRST + LETTER_A
    from = Math.max(to, from + 1)
  }
  return withCodePoints(text, codePoints)
}
