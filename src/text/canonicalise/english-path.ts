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

/** The run that is read, in memory that the next one overwrites: most runs are short, and there are many. */
interface Scratch {
  /** By place: the letter in lower case, and the word that it is in. */
  readonly letters: Int32Array
  readonly words: Int32Array
  /** 1 where a word begins, and where the last ends. */
  readonly edges: Uint8Array
  /** How many words before each are not known. */
  readonly odd: Int32Array
  /** By place: what the cheapest reading up to there costs, and where its last word begins. */
  readonly costs: Float64Array
  readonly before: Int32Array
  /** 1 where a word of the cheapest reading begins, and where the last ends. */
  readonly begins: Uint8Array
}
const scratchFor = (letters: number): Scratch => {
  const room = letters + 1
  const [words, odd, before] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)]
  const [edges, begins] = [new Uint8Array(room), new Uint8Array(room)]
  return { letters: new Int32Array(room), words, edges, odd, costs: new Float64Array(room), before, begins }
}
let scratch = scratchFor(64)

/** Writes a run into `scratch`; gives how many letters it has. */
const read = (text: MappedText, run: Run): number => {
  let n = 0
  for (const word of run) n += lengthOf(word)
  if (n >= scratch.letters.length) scratch = scratchFor(2 * n)
  const { letters, words, edges, odd } = scratch
  edges.fill(0, 0, n)
  let place = 0
  for (const [i, { start, end, isKnown }] of run.entries()) {
    odd[i + 1] = (odd[i] ?? 0) + (isKnown ? 0 : 1)
    edges[place] = 1
    for (let at = start; at < end; at += 1, place += 1) {
      letters[place] = lower(codePointAt(text, at))
      words[place] = i
    }
  }
  edges[n] = 1
  return n
}

/** A reading up to `to` of which the last word begins at `from`. */
const offer = (from: number, to: number, total: number): void => {
  const { costs, before, edges } = scratch
  const cost = total + (edges[to] === 1 ? 0 : COST.split)
  if (cost >= (costs[to] ?? 0)) return
  costs[to] = cost
  before[to] = from
}

/** Readings that go on from `from`, which cost `cost`, with a known word. */
const offerWords = (run: Run, from: number, n: number, cost: number): void => {
  const { letters, words, edges, odd } = scratch
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
    const isWhole = (edges[from] === 1 && edges[to] === 1) || lengthOf(run[first] ?? NO_WORD) > MAX_WORD
    const short = isWhole ? 0 : (SHORT_COSTS[to - from] ?? 0)
    offer(from, to, cost + short + (WORD_COSTS[rank] ?? 0) + (last - first) * COST.join)
  }
}

/**
 * The cheapest reading of a run: 1 where its words begin, by place among its letters, and where the last ends. The next
 * run overwrites it.
 */
export const cheapest = (text: MappedText, run: Run): Uint8Array => {
  const n = read(text, run)
  const { words, edges, costs, before, begins } = scratch
  costs.fill(Number.POSITIVE_INFINITY, 0, n + 1)
  costs[0] = 0
  // The piece that is no known word and ends here: where it began, and what the reading costs with it.
  let pieceFrom = 0
  let piece = Number.POSITIVE_INFINITY
  for (let from = 0; from < n; from += 1) {
    const cost = costs[from] ?? 0
    const word = run[words[from] ?? 0] ?? NO_WORD
    const isFirst = edges[from] === 1
    if (isFirst) offer(from, from + lengthOf(word), cost + COST.unknown + letterCost(word) * lengthOf(word))
    const begun = cost + COST.unknown + COST.piece
    if (isFirst || begun < piece) {
      piece = begun
      pieceFrom = from
    }
    piece += letterCost(word)
    offerWords(run, from, n, cost)
    offer(pieceFrom, from + 1, piece)
  }
  begins.fill(0, 0, n)
  begins[n] = 1
  for (let place = n; place > 0; ) {
    place = before[place] ?? 0
    begins[place] = 1
  }
  return begins
}
