import {
  CODAS,
  codaOf,
  isConsonant,
  isSyllable,
  LEADS,
  leadIndex,
  leadOf,
  SILENT_LEAD,
  syllableOf,
  vowelOf,
} from '../hangul.js'
import { codePointAt, endAt, type MappedText, startAt } from '../mapped-text.js'
import { isLaughter } from './jamo-runs.js'
import { setOf } from './letters.js'
import { rankOf } from './ordinary-syllables.js'
import { isLeadAlike, soundDistance } from './sound-alike.js'

const MAX_ORDINARY_RANK = 1000

/** How a word is written in a text. */
export interface Likeness {
  /** Where it ends in the text. */
  readonly end: number
  /** Syllables that are as in the word. */
  readonly exact: number
  /** Differences in sound, over all syllables. */
  readonly sound: number
  /** Syllables that differ in sound and that hardly any word has. */
  readonly rare: number
  /** Syllables of which only the first consonant is written. */
  readonly initials: number
  /** Syllables with a sign in their place. */
  readonly masks: number
}

const isRare = (syllable: number): boolean => {
  const rank = rankOf(syllable)
  return rank < 0 || rank > MAX_ORDINARY_RANK
}

const open = (syllable: number): number => syllableOf(leadOf(syllable), vowelOf(syllable), 0)

/** Lead (index) of the coda of a syllable; -1 when it has none that leads a syllable. */
const codaAsLead = (syllable: number): number => LEAD_OF_CODA[codaOf(syllable)] ?? -1
const LEAD_OF_CODA: readonly number[] = CODAS.map((coda) => LEADS.indexOf(coda))

/** How much of the word is there; the more the better. */
export const evidenceOf = ({ exact, sound, initials, masks }: Likeness): number =>
  3 * exact - sound - initials - 2 * masks

/**
 * A likeness in the making, in one number: how many code points are read, and each count, four bits apiece. Thousands
 * of words are tried for a line, and next to all of them are `UNLIKE` it.
 */
type Packed = number
const UNLIKE: Packed = -1
const EXACT = 1
const SOUND = 1 << 4
const RARE = 1 << 8
const INITIAL = 1 << 12
const MASK = 1 << 16
const READ = 1 << 20
/** Longer than any word. */
const MAX_COUNT = 15

const countOf = (packed: Packed, one: number): number => (packed / one) & MAX_COUNT

const unpack = (packed: Packed, start: number): Likeness => ({
  end: start + countOf(packed, READ),
  exact: countOf(packed, EXACT),
  sound: countOf(packed, SOUND),
  rare: countOf(packed, RARE),
  initials: countOf(packed, INITIAL),
  masks: countOf(packed, MASK),
})

const better = (a: Packed, b: Packed): Packed => {
  if (a === UNLIKE || b === UNLIKE) return Math.max(a, b)
  return evidenceOf(unpack(b, 0)) > evidenceOf(unpack(a, 0)) ? b : a
}

const plus = (rest: Packed, step: number): Packed => (rest === UNLIKE ? UNLIKE : rest + step)

/** True where a syllable and a loose consonant behind it were read as one syllable. */
const isClosedByJamo = (text: MappedText, i: number): boolean => endAt(text, i) - startAt(text, i) === 2

/** Two syllables of a word, `first` and `second`, with their consonant on the other side: 샊이 for 새끼, 무러 for 물어. */
const isMoved = (text: MappedText, i: number, first: number, second: number): boolean => {
  const [a, b] = [codePointAt(text, i), codePointAt(text, i + 1)]
  if (!isSyllable(a) || !isSyllable(b) || open(a) !== open(first)) return false
  if (vowelOf(b) !== vowelOf(second) || codaOf(b) !== codaOf(second)) return false
  if (leadOf(b) === SILENT_LEAD) return codaOf(first) === 0 && codaAsLead(a) === leadOf(second)
  return codaOf(a) === 0 && leadOf(second) === SILENT_LEAD && codaAsLead(first) === leadOf(b)
}

/** Chat softens these to their initial so often, mostly for emphasis, that the model knows what each form means. */
const SOFTENED = setOf('좆족')

// Laughter is an initial only inside of a word.
const isInitialOf = (text: MappedText, i: number, syllable: number): boolean => {
  const jamo = codePointAt(text, i)
  if (!isConsonant(jamo) || leadIndex(jamo) !== leadOf(syllable) || SOFTENED.has(syllable)) return false
  return !isLaughter(jamo) || (isSyllable(codePointAt(text, i - 1)) && isSyllable(codePointAt(text, i + 1)))
}

const MASKS = setOf('*○●◯xXoOㅇ□■◎')
/** Signs that say something else at the end of a word (지은 씨♡, 민수 씨+지은 씨), so only inside of one. */
const INNER_MASKS = setOf('+#%&@★☆♥♡')
/** True for a sign that may stand for a syllable, somewhere in a word. */
export const isSign = (codePoint: number): boolean => MASKS.has(codePoint) || INNER_MASKS.has(codePoint)
/** True for one that may do so only between two others. */
export const isInnerSign = (codePoint: number): boolean => INNER_MASKS.has(codePoint)
/** True when the sign at `i` stands for a syllable inside or at an end of a word; of two signs neither does. */
const isMask = (text: MappedText, i: number, isInside: boolean): boolean => {
  const [before, sign, after] = [codePointAt(text, i - 1), codePointAt(text, i), codePointAt(text, i + 1)]
  if (INNER_MASKS.has(sign)) return isInside && isSyllable(before) && isSyllable(after)
  return (
    MASKS.has(sign) && (isSyllable(before) || isSyllable(after)) && !MASKS.has(before) && !MASKS.has(after)
  )
}

/** True when a syllable of a word may be written as `letter`, all by itself. */
export const mayBe = (letter: number, syllable: number): boolean =>
  isSign(letter) ||
  (isConsonant(letter) ? leadIndex(letter) === leadOf(syllable) : soundDistance(letter, syllable) <= 1)

/** True when the consonant between the first two syllables of a word may stand on the other side in what is written. */
export const mayMove = (first: number, second: number, a: number, b: number): boolean =>
  isSyllable(first) &&
  isSyllable(second) &&
  open(first) === open(a) &&
  (leadOf(second) === SILENT_LEAD || leadOf(b) === SILENT_LEAD)

/** How `text` from `i` on writes the syllables of `word` from `k` on. */
const match = (text: MappedText, i: number, word: readonly number[], k: number): Packed => {
  const wanted = word[k]
  if (wanted === undefined) return 0
  const found = codePointAt(text, i)
  if (found === wanted) return plus(match(text, i + 1, word, k + 1), READ + EXACT)
  if (!isSyllable(found)) {
    const isInitial = isInitialOf(text, i, wanted)
    if (!isInitial && !isMask(text, i, k > 0 && k + 1 < word.length)) return UNLIKE
    return plus(match(text, i + 1, word, k + 1), READ + (isInitial ? INITIAL : MASK))
  }
  let best = UNLIKE
  if (soundDistance(found, wanted) === 1)
    best = plus(match(text, i + 1, word, k + 1), READ + SOUND + (isRare(found) ? RARE : 0))
  const next = word[k + 1]
  if (next === undefined) return best
  // 갯끼: the initial of the second syllable has become a coda of the first.
  if (
    k + 2 < word.length &&
    isClosedByJamo(text, i) &&
    open(found) === wanted &&
    isLeadAlike(codaAsLead(found), leadOf(next))
  )
    best = better(best, plus(match(text, i + 1, word, k + 2), READ + EXACT + INITIAL))
  if (isMoved(text, i, wanted, next))
    best = better(best, plus(match(text, i + 2, word, k + 2), 2 * READ + EXACT + SOUND + RARE))
  return best
}

/** How `text` from `i` on writes `word`; undefined when it does not. */
export const likenessAt = (text: MappedText, i: number, word: readonly number[]): Likeness | undefined => {
  const packed = match(text, i, word, 0)
  return packed === UNLIKE ? undefined : unpack(packed, i)
}
