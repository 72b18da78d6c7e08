import { rememberTest } from '../code-point-memo.js'
import { codePointAt, copy, draftOf, filterCodePoints, type MappedText, textOf } from '../mapped-text.js'

const RLO = 0x202e
const PDF = 0x202c

const isControl = (codePoint: number): boolean =>
  (codePoint >= 0x202a && codePoint <= 0x202e) ||
  (codePoint >= 0x2066 && codePoint <= 0x2069) ||
  codePoint === 0x200e ||
  codePoint === 0x200f ||
  codePoint === 0x061c

const isSeen = (codePoint: number): boolean => codePoint < 0x61c || !isControl(codePoint)

const isOpener = (codePoint: number): boolean =>
  codePoint === 0x202a || codePoint === 0x202b || codePoint === 0x202d || codePoint === RLO
const isParagraphEnd = (codePoint: number): boolean => codePoint === 0x0a || codePoint === 0x2029

// A mark, a variation selector or a conjoining vowel or coda is drawn with the letter before it.
const EXTENDER = /[\p{M}\u1160-\u11ff]/u
const isExtender = rememberTest((codePoint) => EXTENDER.test(String.fromCodePoint(codePoint)))

const endOfOverride = (text: MappedText, from: number): number => {
  let depth = 1
  let i = from
  for (; i < text.codePoints.length; i += 1) {
    const codePoint = codePointAt(text, i)
    if (isParagraphEnd(codePoint)) return i
    if (isOpener(codePoint)) depth += 1
    else if (codePoint === PDF) depth -= 1
    if (depth === 0) return i
  }
  return i
}

/**
 * Puts text under a right-to-left override into the order in which it is seen, and drops directional
 * controls. Overrides inside an override count as part of it (UAX #9, rules X4 and L2, for one level).
 */
export const resolveBidi = (text: MappedText): MappedText => {
  if (!text.codePoints.includes(RLO)) return filterCodePoints(text, isSeen)
  const draft = draftOf(text, 0)
  const n = text.codePoints.length
  for (let i = 0; i < n; ) {
    if (codePointAt(text, i) !== RLO) {
      copy(draft, text, i, i + 1)
      i += 1
      continue
    }
    const end = endOfOverride(text, i + 1)
    for (let to = end; to > i + 1; ) {
      let from = to - 1
      while (from > i + 1 && isExtender(codePointAt(text, from))) from -= 1
      copy(draft, text, from, to)
      to = from
    }
    i = end
  }
  return filterCodePoints(textOf(draft), isSeen)
}
