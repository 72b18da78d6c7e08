import { codePointAt, type MappedText, type Range } from '../mapped-text.js'
import { NONE } from '../piece-trie.js'
import { ENGLISH_TRIE } from './english-lexicon.js'
import { lower, MIN_JOINED, type Run } from './english-runs.js'
import { ENGLISH_WORDS } from './english-words.js'
import { lengthOf } from './segments.js'

/** What a reading costs, in natural logarithms of how much rarer it is; a word costs that of its rank. */
const COST = {
  /** A space inside a word that is left out (id iot). */
  join: 2.5,
  /** A space that is put between two words (shutup). */
  split: 3.5,
  /** A word that is not known, and that it is only a piece of one. */
  unknown: 10,
  piece: 5,
  /** Each of its letters; where it is longer than any word. */
  letter: 1.5,
  letterOfMany: 2,
  /** A word of one letter, or of two, inside of what may be one word: most words hold some. */
  shortest: 3,
  short: 1.5,
}
/** Letters that one word has at most. */
const MAX_WORD = 16

/** By the number of letters. */
const SHORT_COSTS: readonly number[] = [0, COST.shortest, COST.short]
const NO_WORD: Range = { start: 0, end: 0 }
const letterCost = (word: Range): number => (lengthOf(word) > MAX_WORD ? COST.letterOfMany : COST.letter)
const WORD_COSTS = Float64Array.from(ENGLISH_WORDS, (_, rank) => Math.log(rank + 2))

/** The letters of a run (lower case), of each the word that it is in, and how many words up to each are not known. */
const lettersOf = (text: MappedText, run: Run) => {
  const letters: number[] = []
  const words: number[] = []
  const odd = [0]
  for (const [i, { start, end, isKnown }] of run.entries()) {
    odd.push((odd[i] ?? 0) + (isKnown ? 0 : 1))
    for (let at = start; at < end; at += 1) {
      letters.push(lower(codePointAt(text, at)))
      words.push(i)
    }
  }
  return { letters, words, odd }
}

/** The cheapest reading of a run: where its words begin, as places among its letters, and where the last ends. */
export const cheapest = (text: MappedText, run: Run): ReadonlySet<number> => {
  const { letters, words, odd } = lettersOf(text, run)
  const n = letters.length
  const isEdge = (place: number): boolean => words[place - 1] !== words[place]
  const costs = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(n + 1)
  costs[0] = 0
  const offer = (from: number, to: number, total: number): void => {
    const cost = total + (isEdge(to) ? 0 : COST.split)
    if (cost >= (costs[to] ?? 0)) return
    costs[to] = cost
    before[to] = from
  }
  const offerWords = (from: number, cost: number): void => {
    const first = words[from] ?? 0
    for (let node = 0, to = from; to < n; ) {
      node = ENGLISH_TRIE.next(node, letters[to] ?? NONE)
      if (node === NONE) return
      to += 1
      const rank = ENGLISH_TRIE.idAt(node)
      if (rank === NONE) continue
      const last = words[to - 1] ?? 0
      const mayJoin = to - from >= MIN_JOINED && (odd[last + 1] ?? 0) > (odd[first] ?? 0)
      if (first !== last && !mayJoin) continue
      const isWhole = (isEdge(from) && isEdge(to)) || lengthOf(run[first] ?? NO_WORD) > MAX_WORD
      const short = isWhole ? 0 : (SHORT_COSTS[to - from] ?? 0)
      offer(from, to, cost + short + (WORD_COSTS[rank] ?? 0) + (last - first) * COST.join)
    }
  }
  // The piece that is no known word and ends here: where it began, and what the reading costs with it.
  let pieceFrom = 0
  let piece = Number.POSITIVE_INFINITY
  for (let from = 0; from < n; from += 1) {
    const cost = costs[from] ?? 0
    const word = run[words[from] ?? 0]
    const isFirst = isEdge(from)
    if (isFirst && word !== undefined)
      offer(from, from + lengthOf(word), cost + COST.unknown + letterCost(word) * lengthOf(word))
    const begun = cost + COST.unknown + COST.piece
    if (isFirst || begun < piece) {
      piece = begun
      pieceFrom = from
    }
    piece += letterCost(word ?? NO_WORD)
    offerWords(from, cost)
    offer(pieceFrom, from + 1, piece)
  }
  const begins = new Set<number>([n])
  for (let place = n; place > 0; ) {
    place = before[place] ?? 0
    begins.add(place)
  }
  return begins
}
