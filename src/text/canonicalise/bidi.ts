import { rememberTest } from '../code-point-memo.js'
import { cut, edited, editOf } from '../edit.js'
import { codePointAt, copy, type MappedText } from '../mapped-text.js'

const RLO = 0x202e
const PDF = 0x202c

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
 * Puts text under a right-to-left override into the order in which it is seen; what is left of the controls is
 * ignorable. Overrides inside an override count as part of it (UAX #9, rules X4 and L2, for one level).
 */
export const resolveBidi = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = text.codePoints.indexOf(RLO); i >= 0; ) {
    const end = endOfOverride(text, i + 1)
    const draft = cut(edit, i, end)
    for (let to = end; to > i + 1; ) {
      let from = to - 1
      while (from > i + 1 && isExtender(codePointAt(text, from))) from -= 1
      copy(draft, text, from, to)
      to = from
    }
    i = text.codePoints.indexOf(RLO, end)
  }
  return edited(edit)
}
