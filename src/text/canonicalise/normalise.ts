import { rememberChange } from '../code-point-memo.js'
import { cut, edited, editOf } from '../edit.js'
import { isJamo, isOpen, isSyllable, syllableOf, toCompatibility } from '../hangul.js'
import {
  append,
  codePointAt,
  type Draft,
  endAt,
  extendLast,
  lastOf,
  type MappedText,
  mapCodePoints,
  startAt,
} from '../mapped-text.js'
import { isSpecial } from '../special-tokens.js'
import { SPACE } from './letters.js'
import { STYLED } from './styled-letters.js'

const WHITE_SPACE = /^\p{White_Space}$/u
const MARK = /\p{M}/u
const MARKS = /\p{M}/gu
const HALVES = /[\u1100-\u11ff]/u
const MAX_EXPANSION = 4

/** Neither composed of others nor invisible nor part of a flag: no step of cleaning changes it. */
const isPlain = (codePoint: number): boolean =>
  (codePoint >= SPACE && codePoint < 0x7f) ||
  isSyllable(codePoint) ||
  isJamo(codePoint) ||
  isSpecial(codePoint)

/** True for what is visible and normal letter by letter, as nearly all text is: nothing of it is to be cleaned. */
export const isNormal = (text: MappedText): boolean => text.codePoints.every(isPlain)

const isConjoining = (codePoint: number): boolean => codePoint >= 0x1100 && codePoint <= 0x11ff

const toPlain = (codePoint: number): number => STYLED.get(codePoint) ?? toCompatibility(codePoint)

// A single enclosed or half-width jamo is a letter that someone typed, not half of a syllable.
const toLetters = (codePoint: number): readonly number[] => {
  const character = String.fromCodePoint(codePoint)
  if (WHITE_SPACE.test(character)) return [SPACE]
  if (isConjoining(codePoint) || (codePoint >= 0x3165 && codePoint <= 0x318e)) return [codePoint]
  const whole = character.normalize('NFKD')
  if (whole === character) return MARK.test(character) ? [] : [toPlain(codePoint)]
  const decomposed = whole.replace(MARKS, '')
  const composed = HALVES.test(decomposed) ? decomposed.normalize('NFC') : decomposed
  const bare = composed.length > 1 && composed.startsWith('(') ? composed.replace(/[()]/g, '') : composed
  const letters = Array.from(bare, (letter) => toPlain(letter.codePointAt(0) ?? SPACE))
  return letters.length > MAX_EXPANSION ? [codePoint] : letters
}

/** Compatibility decomposition without marks, of one code point that is not plain; undefined when it is itself. */
const lettersOf = rememberChange((codePoint) => {
  const letters = toLetters(codePoint)
  return letters.length === 1 && letters[0] === codePoint ? undefined : letters
})

// Conjoining jamo compose with what stands before them (section 3.12), else they stay for the caller.
const composeOnto = (draft: Draft, codePoint: number, start: number, end: number): boolean => {
  const before = lastOf(draft)
  const isVowel = codePoint >= 0x1161 && codePoint <= 0x1175
  const isCoda = codePoint >= 0x11a8 && codePoint <= 0x11c2
  let composed = 0
  if (isVowel && before >= 0x1100 && before <= 0x1112)
    composed = syllableOf(before - 0x1100, codePoint - 0x1161, 0)
  else if (isCoda && isOpen(before)) composed = before + codePoint - 0x11a7
  if (composed === 0) return false
  extendLast(draft, composed, start, end)
  return true
}

/**
 * NFKC without marks, made safe for Korean: compatibility jamo stay, decomposed syllables compose, stray
 * conjoining and half-width jamo become compatibility jamo, white space becomes a space.
 */
export const normalise = (text: MappedText): MappedText => {
  const edit = editOf(text)
  let isJoining = false
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const codePoint = codePointAt(text, i)
    if (isPlain(codePoint)) continue
    const letters = lettersOf(codePoint) ?? (isConjoining(codePoint) ? [codePoint] : undefined)
    if (letters === undefined) continue
    const draft = cut(edit, i, i + 1)
    for (const letter of letters) {
      isJoining ||= isConjoining(letter)
      if (isConjoining(letter) && composeOnto(draft, letter, startAt(text, i), endAt(text, i))) continue
      append(draft, letter, startAt(text, i), endAt(text, i))
    }
  }
  return isJoining ? mapCodePoints(edited(edit), toCompatibility) : edited(edit)
}
