import { isConsonant, isHangul, isJamo, isSyllable, isVowel } from '../hangul.js'
import {
  codePointAt,
  copy,
  createDraft,
  type Draft,
  draftOf,
  type MappedText,
  textOf,
} from '../mapped-text.js'
import { isDecomposed, isFaceVowel } from './jamo-runs.js'
import { isLatin } from './letters.js'

const isLetter = (codePoint: number): boolean => isHangul(codePoint) || isLatin(codePoint)

// A jamo may stand right before the syllable that its word goes on with (ㄲ.ㅣ야), not right behind one.
const isLoneJamo = (text: MappedText, i: number): boolean => {
  const after = codePointAt(text, i + 1)
  return (
    isJamo(codePointAt(text, i)) &&
    !isLetter(codePointAt(text, i - 1)) &&
    (!isLetter(after) || isSyllable(after))
  )
}

/** Indices of the lone jamo from `i` on, as long as nothing but marks and spaces stands between them. */
const spelledFrom = (text: MappedText, i: number): readonly number[] => {
  const indices = [i]
  for (let k = i + 1; k < text.codePoints.length && !isLatin(codePointAt(text, k)); k += 1) {
    if (!isHangul(codePointAt(text, k))) continue
    if (!isLoneJamo(text, k)) break
    indices.push(k)
  }
  return indices
}

const NONE: readonly number[] = []

const wordOf = (text: MappedText, indices: readonly number[]): MappedText => {
  const word = createDraft()
  for (const i of indices) copy(word, text, i, i + 1)
  return textOf(word)
}

// ㅠ ㅠ and ㅇ ㅅ ㅇ spell nothing.
const spells = (word: MappedText): boolean => {
  for (let i = 1; i < word.codePoints.length; i += 1) {
    const codePoint = codePointAt(word, i)
    if (isVowel(codePoint) && !isFaceVowel(codePoint) && isConsonant(codePointAt(word, i - 1))) return true
  }
  return isDecomposed(word, 0, word.codePoints.length, false)
}

/** Puts jamo that are spelled one by one (ㅅ ㅣ ㅂ ㅏ ㄹ, ㅅ.ㅣ.ㅂ) next to each other. The caller composes. */
export const joinSpelledJamo = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let first = 0
  while (first < n && !isLoneJamo(text, first)) first += 1
  if (first === n) return text
  let draft: Draft | undefined
  for (let i = first; i < n; ) {
    const indices = isLoneJamo(text, i) ? spelledFrom(text, i) : NONE
    const end = (indices.at(-1) ?? i) + 1
    const word = indices.length > 1 ? wordOf(text, indices) : undefined
    if (word !== undefined && spells(word)) {
      draft ??= draftOf(text, i)
      copy(draft, word, 0, word.codePoints.length)
    } else if (draft !== undefined) copy(draft, text, i, end)
    i = end
  }
  return draft === undefined ? text : textOf(draft)
}
