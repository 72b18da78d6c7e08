import { isSyllable } from '../hangul.js'
import { codePointAt, type MappedText, withCodePoints } from '../mapped-text.js'
import { isDigit, isLatin, mapOf, setOf } from './letters.js'

/** Letters by their Korean names, as the first syllable of a word (C발, G랄). */
const LETTERS = mapOf('C씨 c씨 G지 g지')
const EIGHT = 0x38
const PAL = 0xd314 // 팔
// After these and a number comes a quantity, a time, a place.
const COUNTERS = setOf(
  '시분초월일년개명번호강층등위회판살만천백원킬데점퍼차세급단렙편부장대팀인승패연주박권잔병',
)

const isWordStart = (text: MappedText, i: number): boolean => {
  const before = codePointAt(text, i - 1)
  return !isSyllable(before) && !isLatin(before) && !isDigit(before)
}

// 씨8롬, 시8: an 8 behind a first syllable, with nothing to count. 18 stays a number.
const isEight = (text: MappedText, i: number): boolean => {
  if (codePointAt(text, i) !== EIGHT || !isSyllable(codePointAt(text, i - 1))) return false
  const after = codePointAt(text, i + 1)
  return isWordStart(text, i - 1) && !isDigit(after) && !isLatin(after) && !COUNTERS.has(after)
}

const nameAt = (text: MappedText, i: number): number | undefined => {
  if (isEight(text, i)) return PAL
  if (!isSyllable(codePointAt(text, i + 1)) || !isWordStart(text, i)) return undefined
  return LETTERS.get(codePointAt(text, i))
}

/** Letters and eights that stand for a syllable by their name. */
export const readLetterNames = (text: MappedText): MappedText => {
  let codePoints: number[] | undefined
  for (let i = 0; i < text.codePoints.length; i += 1) {
    if (codePointAt(text, i) > 0x7a) continue
    const name = nameAt(text, i)
    if (name === undefined) continue
    codePoints ??= text.codePoints.slice()
    codePoints[i] = name
  }
  return codePoints === undefined ? text : withCodePoints(text, codePoints)
}
