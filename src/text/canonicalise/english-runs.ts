import { codePointAt, type MappedText, type Range } from '../mapped-text.js'
import { createPieceTrie, NONE, type PieceTrie } from '../piece-trie.js'
import { ENGLISH_TRIE } from './english-lexicon.js'
import { isDigit, isLatin, isUpper, SPACE } from './letters.js'
import { lengthOf } from './segments.js'

/** Shorter words are not put together of pieces (as s); of two pieces that are put together one is shorter. */
export const MIN_JOINED = 4
/** A word between its own spaces is left as it is when it would be fewer words, or has fewer letters: Cockburn, Middlesex. */
export const MIN_GLUED = { words: 3, letters: 9 }
/** Letters of a word that may be several. */
const MAX_GLUED = 500

/** A Latin letter in lower case. */
export const lower = (codePoint: number): number => codePoint | 0x20

/** A word of Latin letters, and whether it is an English one that we know. */
export interface Word extends Range {
  readonly isKnown: boolean
}

/** Neighbouring words with one space between. */
export type Run = readonly Word[]

// LeeSin, PogChamp: words that are glued by capitals are the name of somebody or of an emote.
const isName = (text: MappedText, { start, end }: Range): boolean => {
  for (let i = start + 1; i + 1 < end; i += 1) {
    if (!isUpper(codePointAt(text, i))) continue
    if (!isUpper(codePointAt(text, i - 1)) && !isUpper(codePointAt(text, i + 1))) return true
  }
  return false
}

const piecesOf = (words: string): ReadonlyMap<string, number> =>
  new Map(words.split(' ').map((word, i) => [word, i]))
const ENDINGS = createPieceTrie(
  piecesOf(
    's es d ed r er n en ing ly y ies able ness al ally ist ists ism ment ful less ise ize ised ized ation ations isation ization',
  ),
)
const MIN_STEM = 4
const MAX_ENDING = 7

/** True when the letters `start..end` are one of `pieces`. */
const isPieceOf = (pieces: PieceTrie, text: MappedText, start: number, end: number): boolean => {
  let node = 0
  for (let i = start; i < end && node !== NONE; i += 1) node = pieces.next(node, lower(codePointAt(text, i)))
  return node !== NONE && pieces.idAt(node) !== NONE
}

const isKnown = (text: MappedText, start: number, end: number): boolean => {
  let node = 0
  for (let i = start; i < end; i += 1) {
    node = ENGLISH_TRIE.next(node, lower(codePointAt(text, i)))
    if (node === NONE) return false
    const left = end - i - 1
    if (ENGLISH_TRIE.idAt(node) === NONE || i + 1 - start < MIN_STEM || left > MAX_ENDING) continue
    if (isPieceOf(ENDINGS, text, i + 1, end)) return true
  }
  return ENGLISH_TRIE.idAt(node) !== NONE
}

// Between two letters; elsewhere it quotes.
const isApostrophe = (text: MappedText, i: number): boolean =>
  (codePointAt(text, i) === 0x27 || codePointAt(text, i) === 0x2019) &&
  isLatin(codePointAt(text, i - 1)) &&
  isLatin(codePointAt(text, i + 1))

/** What is left of he's, don't, he'd, I'm and more when the apostrophe is left out. */
const CLITICS = createPieceTrie(piecesOf('s t d m ll re ve'))

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
export const runsOf = (text: MappedText): readonly Run[] => {
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
    const isWord =
      !isLong && ((isBehind && isPieceOf(CLITICS, text, start, end)) || isKnown(text, start, end))
    const word = { start, end, isKnown: isWord }
    if (isLong || isFixed(text, word) || (isWord && end - start >= MIN_JOINED)) close()
    else run.push(word)
  }
  close()
  return runs
}
