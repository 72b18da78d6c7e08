import { codePointAt, copy, draftOf, type MappedText, textOf } from '../mapped-text.js'
import { SPACE } from './letters.js'

const isSuperfluous = (text: MappedText, i: number): boolean =>
  codePointAt(text, i) === SPACE &&
  (i === 0 || i === text.codePoints.length - 1 || codePointAt(text, i - 1) === SPACE)

/** One space between words, none at the ends. */
export const squeezeSpaces = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let first = 0
  while (first < n && !isSuperfluous(text, first)) first += 1
  if (first === n) return text
  let end = n
  while (end > 0 && codePointAt(text, end - 1) === SPACE) end -= 1
  const draft = draftOf(text, Math.min(first, end))
  for (let i = first; i < end; i += 1) if (!isSuperfluous(text, i)) copy(draft, text, i, i + 1)
  return textOf(draft)
}
