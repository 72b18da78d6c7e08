import { cut, type Edit, edited, editOf } from '../edit.js'
import {
  codaIndex,
  isConsonant,
  isJamo,
  isOpen,
  isSyllable,
  isVowel,
  joinCodas,
  joinVowels,
  leadIndex,
  syllableOf,
  vowelIndex,
} from '../hangul.js'
import {
  codePointAt,
  endAt,
  extendLast,
  type MappedText,
  type Range,
  replace,
  startAt,
} from '../mapped-text.js'
import { isDecomposed, isDoubledAt, isFaceVowel, isLaughter } from './jamo-runs.js'

/** A run of loose jamo, and whether its ㅗ ㅜ ㅠ ㅡ are vowels (or crying, a finger, a face). */
interface Run extends Range {
  readonly isStrict: boolean
}

const at = codePointAt

const isOnset = (text: MappedText, run: Run, k: number): boolean => {
  const vowel = k + 1 < run.end ? at(text, k + 1) : 0
  const jamo = at(text, k)
  if (!isVowel(vowel) || leadIndex(jamo) < 0) return false
  if (isLaughter(jamo) && k > run.start && at(text, k - 1) === jamo) return false
  return run.isStrict || !isFaceVowel(vowel)
}

// ㅋㅋ, ㄷㄷ and a last ㅋ or ㅎ are reactions, not the end of the syllable before them.
const isCoda = (text: MappedText, run: Run, k: number): boolean => {
  const jamo = at(text, k)
  if (k >= run.end || codaIndex(jamo) < 0 || isOnset(text, run, k)) return false
  const next = at(text, k + 1)
  if (next === jamo && !isOnset(text, run, k + 1)) return false
  return !isLaughter(jamo) || (k + 1 < run.end && isConsonant(next) && isOnset(text, run, k + 1))
}

// ㅅㅅㅣ: where a circle or a bracket has no tense consonant, people write it twice.
const isDoubledOnset = (text: MappedText, run: Run, k: number): boolean =>
  isDoubledAt(text, k) && at(text, k - 1) !== at(text, k) && isOnset(text, run, k + 1)

/** Composes the syllable whose onset, of so many jamo, is at `k`; returns the index after it. */
const composeSyllable = (edit: Edit, text: MappedText, run: Run, k: number, onset: 1 | 2): number => {
  let next = k + onset + 1
  let vowel = at(text, k + onset)
  const compound = next < run.end ? joinVowels(vowel, at(text, next)) : -1
  if (compound >= 0) {
    vowel = compound
    next += 1
  }
  let coda = 0
  if (isCoda(text, run, next)) {
    const pair = isOnset(text, run, next + 2) ? joinCodas(at(text, next), at(text, next + 1)) : -1
    const isPair = pair >= 0 && !isOnset(text, run, next + 1)
    coda = codaIndex(isPair ? pair : at(text, next))
    next += isPair ? 2 : 1
  }
  // The tense consonant is the next code point.
  const lead = leadIndex(at(text, k) + onset - 1)
  replace(cut(edit, k, next), text, syllableOf(lead, vowelIndex(vowel), coda), k, next)
  return next
}

// 시바ㄹ: a single consonant after an open syllable closes it.
const closesSyllable = (text: MappedText, run: Run): boolean => {
  const isSingle =
    run.end - run.start === 1 || (isConsonant(at(text, run.start + 1)) && isOnset(text, run, run.start + 1))
  return (
    isSingle &&
    isOpen(at(text, run.start - 1)) &&
    isCoda(text, run, run.start) &&
    !isLaughter(at(text, run.start))
  )
}

const closeSyllable = (edit: Edit, text: MappedText, k: number): void => {
  const closed = at(text, k - 1) + codaIndex(at(text, k))
  extendLast(cut(edit, k, k + 1), closed, startAt(text, k), endAt(text, k))
}

const composeRun = (edit: Edit, text: MappedText, run: Run): void => {
  let k = run.start
  if (closesSyllable(text, run)) {
    closeSyllable(edit, text, k)
    k += 1
  }
  while (k < run.end) {
    if (isOnset(text, run, k)) k = composeSyllable(edit, text, run, k, 1)
    else k = isDoubledOnset(text, run, k) ? composeSyllable(edit, text, run, k, 2) : k + 1
  }
}

const isWork = (codePoint: number, before: number): boolean => {
  if (!isJamo(codePoint)) return false
  return isVowel(codePoint) ? isConsonant(before) : isOpen(before) && !isLaughter(codePoint)
}

/** Where the first run from `from` on begins that may compose; the length of the text when none does. */
const nextWork = (text: MappedText, from: number): number => {
  const n = text.codePoints.length
  let i = from
  while (i < n && !isWork(at(text, i), at(text, i - 1))) i += 1
  if (i < n) while (isJamo(at(text, i - 1))) i -= 1
  return i
}

/** True when there are jamo that may be spelling, whether or not they compose. */
export const mayCompose = (text: MappedText): boolean => nextWork(text, 0) < text.codePoints.length

/**
 * Composes loose jamo where a consonant and a vowel meet (ㅅㅣㅂㅏㄹ), and closes an open syllable with a
 * single consonant (시바ㄹ). Pure runs (ㅋㅋ, ㅠㅠ, ㅇㅈ), faces and laughter stay as they are.
 */
export const composeJamo = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let start = nextWork(text, 0), end = 0; start < text.codePoints.length; start = nextWork(text, end)) {
    for (end = start; isJamo(at(text, end)); ) end += 1
    const touches = isSyllable(at(text, end))
    composeRun(edit, text, { start, end, isStrict: isDecomposed(text, start, end, touches) })
  }
  return edited(edit)
}
