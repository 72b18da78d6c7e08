import {
  append,
  codePointAt,
  copy,
  type Draft,
  draftOf,
  endAt,
  type MappedText,
  type Range,
  startAt,
  textOf,
} from '../mapped-text.js'
import { NONE } from '../piece-trie.js'
import { ENGLISH_TRIE } from './english-lexicon.js'
import { ENGLISH_WORDS } from './english-words.js'
import { isDigit, isLatin, isUpper, SPACE } from './letters.js'
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
/** Shorter words are not put together of pieces (as s); of two pieces that are put together one is shorter. */
const MIN_JOINED = 4
/** A word between its own spaces is left as it is when it would be fewer words, or has fewer letters: Cockburn, Middlesex. */
const MIN_GLUED = { words: 3, letters: 9 }
/** Letters of a word that may be several. */
const MAX_GLUED = 500

const lower = (codePoint: number): number => codePoint | 0x20
/** By the number of letters. */
const SHORT_COSTS: readonly number[] = [0, COST.shortest, COST.short]
const NO_WORD: Range = { start: 0, end: 0 }
const letterCost = (word: Range): number => (lengthOf(word) > MAX_WORD ? COST.letterOfMany : COST.letter)
const WORD_COSTS = Float64Array.from(ENGLISH_WORDS, (_, rank) => Math.log(rank + 2))

/** A word of Latin letters, and whether it is an English one that we know. */
interface Word extends Range {
  readonly isKnown: boolean
}

/** Neighbouring words with one space between. */
type Run = readonly Word[]

// LeeSin, PogChamp: words that are glued by capitals are the name of somebody or of an emote.
const isName = (text: MappedText, { start, end }: Range): boolean => {
  for (let i = start + 1; i + 1 < end; i += 1) {
    if (!isUpper(codePointAt(text, i))) continue
    if (!isUpper(codePointAt(text, i - 1)) && !isUpper(codePointAt(text, i + 1))) return true
  }
  return false
}

const ENDINGS: ReadonlySet<string> = new Set(
  's es d ed r er n en ing ly y ies able ness al ally ist ists ism ment ful less ise ize ised ized ation ations isation ization'.split(
    ' ',
  ),
)
const MIN_STEM = 4
const MAX_ENDING = 7

const isKnown = (text: MappedText, start: number, end: number): boolean => {
  let node = 0
  for (let i = start; i < end; i += 1) {
    node = ENGLISH_TRIE.next(node, lower(codePointAt(text, i)))
    if (node === NONE) return false
    const left = end - i - 1
    if (ENGLISH_TRIE.idAt(node) === NONE || i + 1 - start < MIN_STEM || left > MAX_ENDING) continue
    if (ENDINGS.has(String.fromCodePoint(...text.codePoints.slice(i + 1, end).map(lower)))) return true
  }
  return ENGLISH_TRIE.idAt(node) !== NONE
}

// Between two letters; elsewhere it quotes.
const isApostrophe = (text: MappedText, i: number): boolean =>
  (codePointAt(text, i) === 0x27 || codePointAt(text, i) === 0x2019) &&
  isLatin(codePointAt(text, i - 1)) &&
  isLatin(codePointAt(text, i + 1))

/** What is left of he's, don't, he'd, I'm and more when the apostrophe is left out. */
const CLITICS: ReadonlySet<string> = new Set(['s', 't', 'd', 'm', 'll', 're', 've'])

const isClitic = (text: MappedText, start: number, end: number): boolean =>
  end - start <= 2 && CLITICS.has(String.fromCodePoint(...text.codePoints.slice(start, end).map(lower)))

/** True when the word at `start` has a capital behind a small letter: a name (an Al Bundy). */
const isNamed = (text: MappedText, start: number): boolean =>
  isUpper(codePointAt(text, start)) && !isUpper(codePointAt(text, start - 2))

/** True for half of a word (don't), for what a digit is part of (3d), and for names. */
const isFixed = (text: MappedText, word: Range): boolean =>
  isApostrophe(text, word.start - 1) ||
  isApostrophe(text, word.end) ||
  isDigit(codePointAt(text, word.start - 1)) ||
  isDigit(codePointAt(text, word.end)) ||
  isName(text, word)

/** True for a run that might be read otherwise: of several words one is not known, or one is long enough to be several. */
const isOdd = (run: Run): boolean => {
  const [first] = run
  if (first === undefined || run.every(({ isKnown }) => isKnown)) return false
  return run.length > 1 || lengthOf(first) >= MIN_GLUED.letters
}

/** Odd runs; longer known words stand by themselves, and so does each half of don't. */
const runsOf = (text: MappedText): readonly Run[] => {
  const runs: Run[] = []
  let run: Word[] = []
  const close = (): void => {
    if (isOdd(run)) runs.push(run)
    run = []
  }
  const n = text.codePoints.length
  for (let start = 0, end = 0; start < n; start = end) {
    end = start + 1
    if (!isLatin(codePointAt(text, start))) continue
    while (isLatin(codePointAt(text, end))) end += 1
    const before = run.at(-1)
    const isNext =
      before?.end === start - 1 && codePointAt(text, start - 1) === SPACE && !isNamed(text, start)
    const isShort = end - start < MIN_JOINED || (before !== undefined && lengthOf(before) < MIN_JOINED)
    if (!isNext || !isShort) close()
    const isLong = end - start > MAX_GLUED
    const isBehind = codePointAt(text, start - 1) === SPACE && isLatin(codePointAt(text, start - 2))
    const isWord = !isLong && ((isBehind && isClitic(text, start, end)) || isKnown(text, start, end))
    const word = { start, end, isKnown: isWord }
    if (isLong || isFixed(text, word) || (isWord && end - start >= MIN_JOINED)) close()
    else run.push(word)
  }
  close()
  return runs
}

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
const cheapest = (text: MappedText, run: Run): ReadonlySet<number> => {
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

/** The places where the words of a run begin, without those that two words in one would be; as they are, undefined. */
const beginsOf = (text: MappedText, run: Run): ReadonlySet<number> | undefined => {
  const cheap = cheapest(text, run)
  const begins = new Set<number>()
  let isChanged = false
  let place = 0
  for (const word of run) {
    const end = place + lengthOf(word)
    const inner: number[] = []
    for (let at = place + 1; at < end; at += 1) if (cheap.has(at)) inner.push(at)
    const isFirst = cheap.has(place)
    const isGlued = inner.length + 1 >= MIN_GLUED.words && lengthOf(word) >= MIN_GLUED.letters
    const isParted = inner.length > 0 && (isGlued || !isFirst || !cheap.has(end))
    if (isFirst) begins.add(place)
    if (isParted) for (const at of inner) begins.add(at)
    isChanged ||= isParted || !isFirst
    place = end
  }
  return isChanged ? begins : undefined
}

/** Appends a run with its words beginning at `begins`. */
const respace = (draft: Draft, text: MappedText, run: Run, begins: ReadonlySet<number>): void => {
  let place = 0
  for (const word of run)
    for (let i = word.start; i < word.end; i += 1, place += 1) {
      const isFirst = place > 0 && begins.has(place)
      // The space that was there, or one that was not.
      if (isFirst && i === word.start) copy(draft, text, i - 1, i)
      else if (isFirst) append(draft, SPACE, startAt(text, i - 1), endAt(text, i - 1))
      copy(draft, text, i, i + 1)
    }
}

/**
 * English words of which the spaces are elsewhere (id iot, youareidiots, and shutupyou from letters one by one), spaced
 * as they are most likely meant: a shortest path over known words by their rank.
 */
export const respaceEnglish = (text: MappedText): MappedText => {
  let draft: Draft | undefined
  let done = 0
  for (const run of runsOf(text)) {
    const begins = beginsOf(text, run)
    if (begins === undefined) continue
    draft ??= draftOf(text, 0)
    copy(draft, text, done, run[0]?.start ?? done)
    respace(draft, text, run, begins)
    done = run.at(-1)?.end ?? done
  }
  if (draft === undefined) return text
  copy(draft, text, done, text.codePoints.length)
  return textOf(draft)
}
