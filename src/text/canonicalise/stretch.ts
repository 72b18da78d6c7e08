import { codePointSet } from '../code-point-table.js'
import { cut, type Edit, edited, editOf } from '../edit.js'
import {
  codaOf,
  heldVowel,
  isConsonant,
  isOpen,
  isSilent,
  isSyllable,
  isVowel,
  vowelIndex,
  vowelOf,
} from '../hangul.js'
import { codePointAt, type MappedText, NOTHING, replace } from '../mapped-text.js'
import { isFaceVowel, isLaughter } from './jamo-runs.js'
import { isLatin, setOf } from './letters.js'

/** 나아가다 and 거의 are words; 나아아 is not. */
export const MIN_STRETCH = 2
// 있, 없, 았, 않 are words and endings: 거없다 and 지있다 hold nothing.
const VERB_CODAS = codePointSet([6, 18, 20])
const MIN_LETTER_RUN = 3
const MIN_SYLLABLES = 2

const isStretch = (codePoint: number, held: number): boolean =>
  isSilent(codePoint)
    ? vowelOf(codePoint) === held && !VERB_CODAS.has(codaOf(codePoint))
    : isVowel(codePoint) && vowelIndex(codePoint) === held

// Neither laughter nor a reaction (ㄷㄷ).
const isLoneCoda = (text: MappedText, i: number): boolean => {
  const jamo = codePointAt(text, i)
  return isConsonant(jamo) && !isLaughter(jamo) && codePointAt(text, i + 1) !== jamo
}

/** The last of the tears (유ㅠㅠ) in `from..to`, or `NOTHING`: what a coda follows (조ㅗㅗㅈ) are no tears. */
const lastTear = (text: MappedText, from: number, to: number): number => {
  if (isLoneCoda(text, to)) return NOTHING
  let i = to - 1
  while (i >= from && !isFaceVowel(codePointAt(text, i))) i -= 1
  return i >= from ? i : NOTHING
}

/** The end of what goes on with the vowel of the open syllable at `i`; `i + 1` when nothing does. */
const endOfVowel = (text: MappedText, i: number): number => {
  const syllable = codePointAt(text, i)
  const next = codePointAt(text, i + 1)
  if (!(isSilent(next) || isVowel(next)) || !isOpen(syllable)) return i + 1
  const held = heldVowel(vowelOf(syllable))
  let end = i + 1
  while (isStretch(codePointAt(text, end), held)) {
    end += 1
    if (!isVowel(codePointAt(text, end - 1)) && !isOpen(codePointAt(text, end - 1))) break
  }
  return end
}

// A loose vowel (나ㅏ) has no other meaning. 아아, 오오 are exclamations.
const isHeld = (text: MappedText, i: number, end: number, minUnits: number): boolean => {
  for (let k = i + 1; k < end; k += 1) if (isVowel(codePointAt(text, k))) return true
  const isDoubled = end - i === 2 && codePointAt(text, i + 1) === codePointAt(text, i)
  return end - i > minUnits && !isDoubled
}

const lastCoda = (text: MappedText, end: number): number => {
  const last = codePointAt(text, end - 1)
  return isSyllable(last) ? codaOf(last) : 0
}

/** Held vowels of at least `minUnits` further syllables become one syllable (시이이발 -> 시발). */
export const mergeStretches = (text: MappedText, minUnits: number): MappedText => {
  const edit = editOf(text)
  for (let i = 0, next = 0; i < text.codePoints.length; i = next) {
    next = i + 1
    const end = endOfVowel(text, i)
    if (end === next) continue
    const tear = lastTear(text, next, end)
    // What begins between here and the last tear goes on to the same end, with the same tears.
    if (tear !== NOTHING) next = tear
    else if (isHeld(text, i, end, minUnits)) {
      replace(cut(edit, i, end), text, codePointAt(text, i) + lastCoda(text, end), i, end)
      next = end
    }
  }
  return edited(edit)
}

const LAUGHS = setOf('하호허헤히흐크키케낄')
const isRepeatable = (codePoint: number): boolean =>
  isLatin(codePoint) || (isSyllable(codePoint) && !LAUGHS.has(codePoint))

const hasLongRun = (text: MappedText): boolean => {
  let run = 0
  for (let i = 0; i < text.codePoints.length && run < MIN_LETTER_RUN; i += 1) {
    const codePoint = codePointAt(text, i)
    if (!isRepeatable(codePoint)) run = 0
    else run = run > 0 && codePoint === codePointAt(text, i - 1) ? run + 1 : 1
  }
  return run >= MIN_LETTER_RUN
}

const runEnd = (text: MappedText, from: number, to: number): number => {
  let end = from + 1
  while (end < to && codePointAt(text, end) === codePointAt(text, from)) end += 1
  return end
}

/** True when the word has a long run, and is long enough without it. */
const hasHeldLetter = (text: MappedText, from: number, to: number): boolean => {
  let letters = 0
  for (let i = from, end = i; i < to; i = end) {
    end = runEnd(text, i, to)
    letters += end - i >= MIN_LETTER_RUN ? 1 : end - i
  }
  return letters < to - from && letters >= (isLatin(codePointAt(text, from)) ? MIN_LETTER_RUN : MIN_SYLLABLES)
}

const squeezeWord = (edit: Edit, text: MappedText, from: number, to: number): void => {
  for (let i = from, end = i; i < to; i = end) {
    end = runEnd(text, i, to)
    if (end - i >= MIN_LETTER_RUN) replace(cut(edit, i, end), text, codePointAt(text, i), i, end)
  }
}

/** Letters held three times or more (fuuuck, 시시시발) become one, where a word is left. */
export const squeezeLetters = (text: MappedText): MappedText => {
  if (!hasLongRun(text)) return text
  const edit = editOf(text)
  for (let from = 0, to = 0; from < text.codePoints.length; from = to + 1) {
    for (to = from; isRepeatable(codePointAt(text, to)); ) to += 1
    if (to > from && hasHeldLetter(text, from, to)) squeezeWord(edit, text, from, to)
  }
  return edited(edit)
}
