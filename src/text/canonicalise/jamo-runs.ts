import { isConsonant, isJamo, isSyllable, isVowel, joinVowels } from '../hangul.js'
import { codePointAt, type MappedText } from '../mapped-text.js'
import { setOf } from './letters.js'

const DOUBLING = setOf('ㄱㄷㅂㅅㅈ')
const LAUGHTER = setOf('ㅋㅎ')
const FACE_VOWELS = setOf('ㅗㅛㅜㅠㅡ')
const ENDING_VOWELS = setOf('ㅗㅡ')
const FACE_SIDES = setOf('ㅇㅎㅋㅁ')

/** Consonants that double to a tense one, which is the next code point: ㄱ to ㄲ. */
export const isDoubling = (jamo: number): boolean => DOUBLING.has(jamo)

/** True when such a consonant stands twice from `i` on. */
export const isDoubledAt = (text: MappedText, i: number): boolean =>
  isDoubling(codePointAt(text, i)) && codePointAt(text, i) === codePointAt(text, i + 1)

/** ㅋ and ㅎ: after a syllable they laugh, they do not close it. */
export const isLaughter = (jamo: number): boolean => isJamo(jamo) && LAUGHTER.has(jamo)

/** Vowels that also stand for tears, closed eyes or a finger. */
export const isFaceVowel = (jamo: number): boolean => isVowel(jamo) && FACE_VOWELS.has(jamo)

const hasPlainVowel = (text: MappedText, start: number, end: number): boolean => {
  for (let i = start; i < end; i += 1) {
    const codePoint = codePointAt(text, i)
    if (isVowel(codePoint) && !isFaceVowel(codePoint)) return true
  }
  return false
}

// ㄷㄷㅠ and ㅂㅂㅠㅂㅂㅠ are reactions and tears.
const beginsTense = (text: MappedText, start: number, end: number): boolean =>
  isDoubledAt(text, start) && hasPlainVowel(text, start, end)

const isFace = (text: MappedText, start: number, end: number): boolean =>
  end - start === 3 &&
  FACE_SIDES.has(codePointAt(text, start)) &&
  codePointAt(text, start) === codePointAt(text, start + 2) &&
  isFaceVowel(codePointAt(text, start + 1))

/**
 * True when the run of loose jamo `start..end` reads as spelled-out syllables throughout: a consonant (at first perhaps
 * twice), one vowel (or two that make one), at most two consonants, and so on. Then even ㅜ and ㅡ are vowels.
 */
export const isDecomposed = (
  text: MappedText,
  start: number,
  end: number,
  isFollowedBySyllable: boolean,
): boolean => {
  if (isFace(text, start, end)) return false
  // ㅋㅠ, ㄴㅜ alone: a reaction and a tear. 섹ㅅㅡ ends in a syllable.
  const isEnding = isSyllable(codePointAt(text, start - 1)) && ENDING_VOWELS.has(codePointAt(text, start + 1))
  if (end - start === 2 && isEnding && isConsonant(codePointAt(text, start)))
    return !FACE_SIDES.has(codePointAt(text, start))
  if (end - start === 2 && (!isFollowedBySyllable || isLaughter(codePointAt(text, start)))) return false
  let i = beginsTense(text, start, end) ? start + 1 : start
  while (i < end) {
    if (!isConsonant(codePointAt(text, i)) || i + 1 >= end || !isVowel(codePointAt(text, i + 1))) return false
    i += 2
    if (i < end && isVowel(codePointAt(text, i))) {
      if (joinVowels(codePointAt(text, i - 1), codePointAt(text, i)) < 0) return false
      i += 1
    }
    for (let codas = 0; codas < 2; codas += 1) {
      const isOnset = i + 1 < end && isVowel(codePointAt(text, i + 1))
      if (i < end && isConsonant(codePointAt(text, i)) && !isOnset) i += 1
    }
  }
  return true
}
