import { cut, edited, editOf } from '../edit.js'
import { isConsonant, isHangul, isJamo, isSyllable, isVowel } from '../hangul.js'
import { codePointAt, copy, createDraft, type MappedText, textOf } from '../mapped-text.js'
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
  const edit = editOf(text)
  for (let i = 0, end = 0; i < text.codePoints.length; i = end) {
    end = i + 1
    if (!isLoneJamo(text, i)) continue
    const indices = spelledFrom(text, i)
    end = (indices.at(-1) ?? i) + 1
    const word = indices.length > 1 ? wordOf(text, indices) : undefined
    if (word !== undefined && spells(word)) copy(cut(edit, i, end), word, 0, word.codePoints.length)
  }
  return edited(edit)
}
