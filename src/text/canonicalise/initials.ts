import { cut, edited, editOf } from '../edit.js'
import { isConsonant, isHangul, isSyllable } from '../hangul.js'
import { codePointAt, type MappedText, NOTHING, type Range } from '../mapped-text.js'
import { isLaughter } from './jamo-runs.js'
import { isLatin, isSpace, setOf } from './letters.js'
import { isReaction } from './segments.js'

/** One ㅋ or ㅠ may be an initial or a vowel; two are laughter or tears. */
const MIN_REACTIONS = 2
const MAX_GAP = 8

/** A loose consonant that no one laughs with. */
export const isInitial = (codePoint: number): boolean => isConsonant(codePoint) && !isLaughter(codePoint)

/** The end of one kind of laughter or tears, and marks, from `from` on, right before another initial; else `from`. */
const endOfGap = (text: MappedText, from: number): number => {
  let reaction = NOTHING
  let reactions = 0
  for (let i = from; i - from <= MAX_GAP; i += 1) {
    const codePoint = codePointAt(text, i)
    if (isReaction(codePoint)) {
      // ㅊㅋㅎㄴㄷ: these are initials.
      if (reactions > 0 && codePoint !== reaction) return from
      reaction = codePoint
      reactions += 1
    } else if (isHangul(codePoint)) return isInitial(codePoint) && reactions >= MIN_REACTIONS ? i : from
    else if (codePoint === NOTHING || isLatin(codePoint)) return from
  }
  return from
}

// Keys beside ㅋ, pressed in laughing: ㅋㅋㄲㅋㅋ, ㄱㅅㅋㅋㄲ.
const SLIPS = setOf('ㄱㄲㅊㅌ')

const isSlip = (text: MappedText, gap: Range, isFirstLone: boolean, isNextLone: boolean): boolean => {
  const isAmongLaughter = isLaughter(codePointAt(text, gap.start - 2))
  if (isAmongLaughter && SLIPS.has(codePointAt(text, gap.start - 1))) return true
  const isLast = isNextLone && !isSyllable(codePointAt(text, gap.end + 1))
  return isLast && (isAmongLaughter || !isFirstLone) && SLIPS.has(codePointAt(text, gap.end))
}

const hasSpace = (text: MappedText, { start, end }: Range): boolean => {
  for (let i = start; i < end; i += 1) if (isSpace(codePointAt(text, i))) return true
  return false
}

// Between two whole words (ㅇㅈㅋㅋㄹㅇ) people laugh; beside a single initial the word is cut. With spaces, only
// where either side is all of its word.
const cutsWord = (text: MappedText, gap: Range): boolean => {
  const first = codePointAt(text, gap.start - 1)
  const next = codePointAt(text, gap.end)
  const isFirstLone = !isInitial(codePointAt(text, gap.start - 2))
  const isNextLone = !isInitial(codePointAt(text, gap.end + 1))
  if (first === next || !(isFirstLone || isNextLone)) return false
  if (isSlip(text, gap, isFirstLone, isNextLone)) return false
  if (!hasSpace(text, gap)) return true
  return !isHangul(codePointAt(text, gap.start - 2)) && !isHangul(codePointAt(text, gap.end + 1))
}

/** Leaves out laughter and tears, with the marks among them, between initials of one word (ㄱㅋㅋㅅ -> ㄱㅅ). */
export const joinInitials = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = 1; i < text.codePoints.length; i += 1) {
    if (!isInitial(codePointAt(text, i - 1)) || isInitial(codePointAt(text, i))) continue
    const end = endOfGap(text, i)
    if (end === i || !cutsWord(text, { start: i, end })) continue
    cut(edit, i, end)
    i = end
  }
  return edited(edit)
}
