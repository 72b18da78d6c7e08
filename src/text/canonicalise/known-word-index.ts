import { isConsonant, isHangul, isSyllable, LEADS, leadIndex, leadOf } from '../hangul.js'
import { isLaughter } from './jamo-runs.js'
import { isInnerSign, isSign, mayBe, mayMove } from './known-word-match.js'
import { KNOWN_WORDS } from './known-words.js'
import { isLeadAlike } from './sound-alike.js'

export type Word = readonly number[]

const WORDS: readonly Word[] = KNOWN_WORDS.map((word) =>
  Array.from(word, (syllable) => syllable.charCodeAt(0)),
)
const NONE: readonly Word[] = []

const firstOf = (word: Word): number => word[0] ?? 0

const BY_LEAD: readonly (readonly Word[])[] = LEADS.map((_, lead) =>
  WORDS.filter((word) => isLeadAlike(lead, leadOf(firstOf(word)))),
)

const BY_SECOND: ReadonlyMap<number, readonly Word[]> = new Map(
  WORDS.map(([, second = 0]) => [second, WORDS.filter((word) => word[1] === second)]),
)

/** Words of which the first syllable may be written as `letter`. */
const beginningWith = (letter: number): readonly Word[] => {
  if (!isHangul(letter) || isLaughter(letter)) return NONE
  const lead = isConsonant(letter) ? leadIndex(letter) : isSyllable(letter) ? leadOf(letter) : -1
  return (BY_LEAD[lead] ?? NONE).filter((word) => mayBe(letter, firstOf(word)))
}

const mayGoOn = (word: Word, first: number, second: number): boolean => {
  const [a = 0, b = 0, c] = word
  // A sign says nothing: all else of a short word must be as it is (ㅇ may be an initial, too).
  if (isSign(second) && !isConsonant(second)) return word.length > 3 || first === a
  return mayBe(second, b) || mayMove(first, second, a, b) || (c !== undefined && mayBe(second, c))
}

/** False for what stands in no known word, however it is written. */
export const isWordLetter = (codePoint: number): boolean => isHangul(codePoint) || isSign(codePoint)

const byFirst = new Map<number, readonly Word[]>()
/** What was found for pairs, one in each slot; more slots than chat has pairs that it uses again and again. */
const SLOT_BITS = 15
const SLOTS = 2 ** SLOT_BITS
const pairs = new Int32Array(SLOTS)
const wordsOf: (readonly Word[])[] = Array.from({ length: SLOTS }, () => NONE)
/** Spreads pairs over the slots; Knuth's multiplicative hash (TAOCP 3, 6.4). */
const MULTIPLIER = 0x9e3779b1

const find = (first: number, second: number): readonly Word[] => {
  // The sign of a syllable says nothing, so what follows it must be plain.
  if (isSign(first)) return isInnerSign(first) ? NONE : (BY_SECOND.get(second) ?? NONE)
  let begun = byFirst.get(first)
  if (begun === undefined) {
    begun = beginningWith(first)
    byFirst.set(first, begun)
  }
  const words = begun.filter((word) => mayGoOn(word, first, second))
  return words.length === 0 ? NONE : words
}

/** The known words that may be written with these two letters (code points) first. */
export const wordsBeginning = (first: number, second: number): readonly Word[] => {
  if (!isWordLetter(first) || !isWordLetter(second)) return NONE
  // Both are in the basic plane.
  const pair = (first << 16) | second
  const slot = Math.imul(pair, MULTIPLIER) >>> (32 - SLOT_BITS)
  if (pairs[slot] !== pair) {
    wordsOf[slot] = find(first, second)
    pairs[slot] = pair
  }
  return wordsOf[slot] ?? NONE
}
