import { codePointMap } from '../code-point-table.js'
import { cut, edited, editOf } from '../edit.js'
import { isConsonant, isHangul } from '../hangul.js'
import { codePointAt, type MappedText, replace } from '../mapped-text.js'
import { isLaughter } from './jamo-runs.js'
import { setOf } from './letters.js'

const STROKES = setOf('|lIㅣ丨│')
const BARS = codePointMap<'one' | 'two'>([
  ...Array.from('-—–一', (bar): [number, 'one'] => [bar.charCodeAt(0), 'one']),
  ...Array.from('=二', (bar): [number, 'two'] => [bar.charCodeAt(0), 'two']),
])
/** By how many bars stand on which side of the stroke. */
const VOWELS = { one: { left: 'ㅓ', right: 'ㅏ' }, two: { left: 'ㅕ', right: 'ㅑ' } } as const
/** What is drawn like a consonant; beside Hangul only. */
const DRAWN = setOf('L7CcOo0E口ロ己')

/** The vowel that the signs at `i` and `i + 1` draw together; undefined for most. */
const vowelOf = (text: MappedText, i: number): number | undefined => {
  const [a, b] = [codePointAt(text, i), codePointAt(text, i + 1)]
  const [left, right] = [BARS.get(a), BARS.get(b)]
  if (left !== undefined && STROKES.has(b)) return VOWELS[left].left.charCodeAt(0)
  return right !== undefined && STROKES.has(a) ? VOWELS[right].right.charCodeAt(0) : undefined
}

/** True where a syllable may have its vowel: behind a consonant, or behind what is drawn like one in a Korean word. */
const isPlace = (text: MappedText, i: number): boolean => {
  const before = codePointAt(text, i - 1)
  if (isConsonant(before)) return !isLaughter(before)
  return DRAWN.has(before) && (isHangul(codePointAt(text, i - 2)) || isHangul(codePointAt(text, i + 2)))
}

/** Vowels drawn with two signs (ㄴ=|ㄴ, ㅂ-|ㄹ) as one jamo. */
export const mergeDrawnVowels = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = 0; i < text.codePoints.length; i += 1) {
    if (!BARS.has(codePointAt(text, i)) && !STROKES.has(codePointAt(text, i))) continue
    const vowel = vowelOf(text, i)
    if (vowel === undefined || !isPlace(text, i)) continue
    replace(cut(edit, i, i + 2), text, vowel, i, i + 2)
    i += 1
  }
  return edited(edit)
}
