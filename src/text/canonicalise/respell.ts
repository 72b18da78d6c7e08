import { cut, edited, editOf } from '../edit.js'
import { isConsonant, isHangul, isJamo, isSyllable } from '../hangul.js'
import { codePointAt, type Draft, type MappedText, replace } from '../mapped-text.js'
import { isWordLetter, type Word, wordsBeginning } from './known-word-index.js'
import { evidenceOf, isInnerSign, isSign, type Likeness, likenessAt } from './known-word-match.js'
import { isDigit, setOf } from './letters.js'
import { ORDINARY_WORDS } from './ordinary-words.js'

/** What may stand before a word without a space. */
const PREFIXES = setOf('개씹왕좆존니네이저그쌍핵내')

const ORDINARY: ReadonlySet<string> = new Set(ORDINARY_WORDS)

/** Typed with the shift key. */
const TENSE = setOf('ㄲㄸㅃㅆㅉ')
/** Syllables that hardly any word has but those that people disguise. */
const TELLING = setOf('병씨씹썅섹좆쌍랄끼')

// Of two syllables a sign hides one only where the other says enough.
const isMaskAccepted = (word: Word, written: Word, { exact, sound, initials, masks }: Likeness): boolean => {
  const isTelling = written.some((syllable) => TELLING.has(syllable))
  // 장♥인 are two people.
  if (word.length < 3 || written.some(isInnerSign)) return exact > 0 && isTelling && masks === 1
  return exact > 1 && masks + sound + initials <= word.length - 2
}
// Only few words are written in four initials, or in three with one that needs the shift key.
const areInitialsAccepted = (written: Word, { exact, sound, initials }: Likeness): boolean => {
  if (exact > 0) return written.length > 2 || sound === 0
  return sound === 0 && (initials > 3 || (initials === 3 && written.some((jamo) => TENSE.has(jamo))))
}

const isAccepted = (word: Word, written: Word, like: Likeness): boolean => {
  if (like.masks > 0) return isMaskAccepted(word, written, like)
  if (like.initials > 0) return areInitialsAccepted(written, like)
  return like.sound <= 1 || (like.exact > 0 && like.rare > 0)
}

// ㅅㅅ and ㅋㅋ behind it: the last initial is one of a run.
const endsWell = (text: MappedText, end: number): boolean =>
  !isConsonant(codePointAt(text, end - 1)) || !isJamo(codePointAt(text, end))

/** Where a known word is written, plainly or not; half-open. */
export interface KnownWord {
  readonly word: readonly number[]
  readonly start: number
  readonly end: number
  readonly isPlain: boolean
}

const isOrdinary = (text: MappedText, from: number, to: number): boolean =>
  ORDINARY.has(String.fromCharCode(...text.codePoints.slice(from, to)))

const bestAt = (text: MappedText, i: number): KnownWord | undefined => {
  let best: KnownWord | undefined
  let bestScore = Number.NEGATIVE_INFINITY
  for (const word of wordsBeginning(codePointAt(text, i), codePointAt(text, i + 1))) {
    const like = likenessAt(text, i, word)
    if (like === undefined || evidenceOf(like) <= bestScore || !endsWell(text, like.end)) continue
    if (!isAccepted(word, text.codePoints.slice(i, like.end), like)) continue
    bestScore = evidenceOf(like)
    const isPlain = like.exact === word.length || isOrdinary(text, i, like.end)
    best = { word, start: i, end: like.end, isPlain }
  }
  return best
}

// 1조 and 3시 count something.
const isWordPart = (codePoint: number): boolean => isHangul(codePoint) || isDigit(codePoint)

/** The known words of a text that begin a word or stand behind another known one, in order. */
export const findKnownWords = (text: MappedText): readonly KnownWord[] => {
  const words: KnownWord[] = []
  let isStart = true
  for (let i = 0; i < text.codePoints.length; ) {
    const codePoint = codePointAt(text, i)
    const found: KnownWord | undefined = isStart && isWordLetter(codePoint) ? bestAt(text, i) : undefined
    if (found === undefined) {
      isStart = !isWordPart(codePoint) || (isStart && PREFIXES.has(codePoint))
      i += 1
    } else {
      words.push(found)
      isStart = !isOrdinary(text, i, found.end)
      i = found.end
    }
  }
  return words
}

const put = (draft: Draft, text: MappedText, { word, start, end }: KnownWord): void => {
  word.forEach((codePoint, k) => {
    const from = Math.min(start + k, end - 1)
    const to = k === word.length - 1 ? end : from + 1
    replace(draft, text, codePoint, from, to)
  })
}

/**
 * Known words that are written by sound, with initials or with a moved consonant become plain (평씬 -> 병신, 개ㅅ끼
 * -> 개새끼), unless they are written like an ordinary word. Evidence only.
 */
export const respell = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (const word of findKnownWords(text)) if (!word.isPlain) put(cut(edit, word.start, word.end), text, word)
  return edited(edit)
}

/** `respell`, where a sign beside a syllable may stand for another one (병○, 쓰*기). */
export const respellSigns = (text: MappedText): MappedText =>
  text.codePoints.some(
    (codePoint, i) =>
      isSign(codePoint) && (isSyllable(codePointAt(text, i - 1)) || isSyllable(codePointAt(text, i + 1))),
  )
    ? respell(text)
    : text
