import { cut, edited, editOf } from '../edit.js'
import {
  codaOf,
  heldVowel,
  isHangul,
  isJamo,
  isOpen,
  isSyllable,
  isVowel,
  leadOf,
  vowelIndex,
  vowelOf,
} from '../hangul.js'
import { append, codePointAt, endAt, type MappedText, startAt } from '../mapped-text.js'
import { isFaceVowel } from './jamo-runs.js'
import { CODA_KEYS, JAMO_KEYS, LEAD_KEYS, VOWEL_KEYS } from './keyboard-layout.js'

const MIN_LETTERS = 3
const MAX_LETTERS = 24

// Pairs of letters that English words are made of; keys that type Korean rarely keep to them.
const FOLLOWERS: Readonly<Record<string, string>> = {
  a: 'bcdefgiklmnprstuvwy',
  b: 'abeilorsuy',
  c: 'aceihklorstuy',
  d: 'adeilorsuy',
  e: 'abcdefglmnoprstvwxy',
  f: 'aefilortu',
  g: 'aeghilnorsu',
  h: 'aeiorty',
  i: 'abcdefgklmnoprstv',
  j: 'aeou',
  k: 'eils',
  l: 'adefiklmopstuvy',
  m: 'abeimopsuy',
  n: 'acdefgiklnostuy',
  o: 'abcdefgiklmnoprstuvwy',
  p: 'aehiloprstuy',
  q: 'u',
  r: 'acdefgiklmnorstuvy',
  s: 'acehiklmnopqstuwy',
  t: 'aceihlorstuwy',
  u: 'abcdegilmnprst',
  v: 'aeio',
  w: 'aehionrs',
  x: 'aeipt',
  y: 'aeiost',
  z: 'aeioz',
}
const VOWELS = /[aeiou]/

/** True for a word (lower case) with a vowel, of pairs of letters that English words are made of. */
export const isPlausible = (word: string): boolean => {
  if (word.length < MIN_LETTERS || word.length > MAX_LETTERS || !VOWELS.test(word)) return false
  for (let i = 0; i + 1 < word.length; i += 1)
    if (FOLLOWERS[word[i] ?? '']?.includes(word[i + 1] ?? '') !== true) return false
  return true
}

const keysOf = (codePoint: number): string =>
  isSyllable(codePoint)
    ? (LEAD_KEYS[leadOf(codePoint)] ?? '') +
      (VOWEL_KEYS[vowelOf(codePoint)] ?? '') +
      (CODA_KEYS[codaOf(codePoint)] ?? '')
    : (JAMO_KEYS.get(codePoint) ?? '')

// A vowel that does not hold the one before it: nothing that Korean leaves loose.
const isOdd = (text: MappedText, i: number): boolean => {
  const vowel = codePointAt(text, i)
  const before = codePointAt(text, i - 1)
  if (!isVowel(vowel) || isFaceVowel(vowel)) return false
  if (isJamo(before)) return before !== vowel
  return !isOpen(before) || heldVowel(vowelOf(before)) !== vowelIndex(vowel)
}

const hasOdd = (text: MappedText, from: number, to: number): boolean => {
  for (let i = from; i < to; i += 1) if (isOdd(text, i)) return true
  return false
}

/** The English word that the keys of the Hangul `from..to` spell; none for what is Korean. */
const wordOf = (text: MappedText, from: number, to: number): string | undefined => {
  let word = ''
  for (let i = from; i < to; i += 1) {
    word += keysOf(codePointAt(text, i))
  }
  return isPlausible(word) ? word : undefined
}

/** Words typed for English on the Korean layout (ㄹㅕ차 -> fuck), where loose jamo show that it is no Korean. */
export const decodeEnglish = (text: MappedText): MappedText => {
  if (!hasOdd(text, 0, text.codePoints.length)) return text
  const edit = editOf(text)
  for (let from = 0, to = 0; from < text.codePoints.length; from = to + 1) {
    for (to = from; isHangul(codePointAt(text, to)); ) to += 1
    const word = to - from <= MAX_LETTERS && hasOdd(text, from, to) ? wordOf(text, from, to) : undefined
    if (word === undefined) continue
    const draft = cut(edit, from, to)
    for (let i = from; i < to; i += 1)
      for (const key of keysOf(codePointAt(text, i)))
        append(draft, key.charCodeAt(0), startAt(text, i), endAt(text, i))
  }
  return edited(edit)
}
