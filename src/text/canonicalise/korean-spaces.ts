import { cut, edited, editOf } from '../edit.js'
import { isSyllable } from '../hangul.js'
import { BASIS, FINISH, PRIME } from '../hash-constants.js'
import { append, codePointAt, endAt, type MappedText, type Range, startAt } from '../mapped-text.js'
import { createPieceTrie, NONE } from '../piece-trie.js'
import { KNOWN_WORDS } from './known-words.js'
import { SPACING_BIAS, SPACING_WEIGHTS } from './korean-spacing-weights.js'
import { SPACE } from './letters.js'

/** Syllables without a space: more than one word, and more than anybody writes. */
const MIN_GLUED = 8
const MAX_GLUED = 500
/** The syllables that a feature sees, by their place: 0 stands before the space, 1 after it. */
const FEATURES: readonly (readonly number[])[] = [
  [0],
  [1],
  [0, 1],
  [-1, 0],
  [1, 2],
  [-1, 0, 1],
  [0, 1, 2],
  [-1, 0, 1, 2],
]
const MASK = SPACING_WEIGHTS.length - 1

const bucketOf = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 15), FINISH)
  return (mixed ^ (mixed >>> 15)) & MASK
}

/** Above 0 where two words rather part than not: before the syllable `i` of a run. */
const partingScore = (text: MappedText, { start, end }: Range, i: number): number => {
  let score = SPACING_BIAS
  for (let number = 0; number < FEATURES.length; number += 1) {
    let hash = Math.imul(BASIS ^ number, PRIME)
    for (const offset of FEATURES[number] ?? []) {
      const at = i - 1 + offset
      hash = Math.imul(hash ^ (at < start || at >= end ? 0 : codePointAt(text, at)), PRIME)
    }
    score += SPACING_WEIGHTS[bucketOf(hash)] ?? 0
  }
  return score
}

/** The runs of syllables that may be several words, in order. */
const runsOf = (text: MappedText): readonly Range[] => {
  const runs: Range[] = []
  for (let start = 0, end = 0; start < text.codePoints.length; start = end + 1) {
    for (end = start; isSyllable(codePointAt(text, end)); ) end += 1
    if (end - start >= MIN_GLUED && end - start <= MAX_GLUED) runs.push({ start, end })
  }
  return runs
}

const KNOWN = createPieceTrie(new Map(KNOWN_WORDS.map((word, place) => [word, place])))

/** The end of the longest known word that begins at `from`; `from` when none does. */
const endOfKnown = (text: MappedText, from: number, to: number): number => {
  let end = from
  for (let i = from, node = 0; i < to; ) {
    node = KNOWN.next(node, codePointAt(text, i))
    if (node === NONE) break
    i += 1
    if (KNOWN.idAt(node) !== NONE) end = i
  }
  return end
}

/** The places of the syllables of a run that begin a word, but for the first; none is inside of a known word. */
const splitsOf = (text: MappedText, run: Range): readonly number[] => {
  const splits: number[] = []
  let whole = endOfKnown(text, run.start, run.end)
  for (let i = run.start + 1; i < run.end; i += 1) {
    if (i >= whole && partingScore(text, run, i) > 0) splits.push(i)
    whole = Math.max(whole, endOfKnown(text, i, run.end))
  }
  return splits
}

/** Korean words that were glued together, with a space where two most likely part (models/training/spacing.py). */
export const respaceKorean = (text: MappedText): MappedText => {
  if (text.codePoints.length < MIN_GLUED) return text
  const edit = editOf(text)
  for (const run of runsOf(text))
    for (const place of splitsOf(text, run))
      append(cut(edit, place, place), SPACE, startAt(text, place - 1), endAt(text, place - 1))
  return edited(edit)
}
