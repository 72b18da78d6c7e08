import { cut, edited, editOf } from '../edit.js'
import {
  codaIndex,
  codaOf,
  isConsonant,
  isOpen,
  isSyllable,
  isVowel,
  vowelIndex,
  vowelOf,
} from '../hangul.js'
import { codePointAt, type MappedText } from '../mapped-text.js'
import { isFaceVowel, isLaughter } from './jamo-runs.js'

/** One consonant may be the first of what follows. */
const MIN_CONSONANTS = 2

// Laughter and tears say something of their own.
const isTailOf = (syllable: number, jamo: number): boolean =>
  isOpen(syllable)
    ? isVowel(jamo) && !isFaceVowel(jamo) && vowelIndex(jamo) === vowelOf(syllable)
    : isConsonant(jamo) && !isLaughter(jamo) && codaIndex(jamo) === codaOf(syllable)

/** The end of the tail of the syllable before `i`; `i` when it has none. */
const endOfTail = (text: MappedText, i: number): number => {
  const syllable = codePointAt(text, i - 1)
  const jamo = codePointAt(text, i)
  if (!isSyllable(syllable) || !isTailOf(syllable, jamo)) return i
  let end = i + 1
  while (codePointAt(text, end) === jamo) end += 1
  return isVowel(jamo) || end - i >= MIN_CONSONANTS ? end : i
}

/** Leaves out the jamo that go on with how a syllable ends (놈ㅁㅁㅁ, 봐ㅘㅘ). */
export const dropTails = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = 1, end = 0; i < text.codePoints.length; i = Math.max(end, i + 1)) {
    end = endOfTail(text, i)
    if (end > i) cut(edit, i, end)
  }
  return edited(edit)
}
