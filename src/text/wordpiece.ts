import { codePointAt, endAt, type MappedText, startAt } from './mapped-text.js'
import { createPieceTrie, NONE, type PieceTrie } from './piece-trie.js'
import { isSpecial, SPECIAL } from './special-tokens.js'
import type { Vocab } from './vocab.js'

/** Token ids, each with the half-open range of raw code points it came from; three arrays of one length. */
export interface Tokens {
  readonly ids: number[]
  readonly starts: number[]
  readonly ends: number[]
}

export interface WordPiece {
  /** Never throws; at most one token for each jamo, letter or symbol. */
  encode(text: MappedText): Tokens
}

const HANGUL_FIRST = 0xac00
const HANGUL_LAST = 0xd7a3
const LEADS = 0x1100
const VOWELS = 0x1161
const TAILS = 0x11a7
const VOWEL_COUNT = 21
const TAIL_COUNT = 28

/** Letters of words; every other code point is a word by itself (the pre-tokenizer of `tokenizer.json`). */
const isLetter = (c: number): boolean =>
  (c >= 0x61 && c <= 0x7a) ||
  (c >= 0x30 && c <= 0x39) ||
  (c >= 0x1100 && c <= 0x1112) ||
  (c >= 0x1161 && c <= 0x1175) ||
  (c >= 0x11a8 && c <= 0x11c2) ||
  (c >= 0x3131 && c <= 0x3163)

const WHITESPACE = /\s|\u0085/u

/** Canonical decompositions of everything but Hangul, kept as they are met: they are few. */
const createDecomposer = () => {
  const known = new Map<number, readonly number[]>()
  return (codePoint: number): readonly number[] => {
    const found = known.get(codePoint)
    if (found !== undefined) return found
    const parts = [...String.fromCodePoint(codePoint).normalize('NFD')].map(
      (part) => part.codePointAt(0) ?? 0,
    )
    if (known.size < MAX_KNOWN) known.set(codePoint, parts)
    return parts
  }
}

const MAX_KNOWN = 10_000
const FIRST_DECOMPOSABLE = 0xc0

/** The letters of one word, and which code point of the view each came from. */
interface Word {
  readonly letters: number[]
  readonly sources: number[]
}

/**
 * Greedy longest-match WordPiece (Wu et al. 2016, arXiv 1609.08144) over canonically decomposed text: the ids
 * are those of Hugging Face `tokenizers` on the rendered view. Hangul falls back to its jamo, never to [UNK].
 */
export const createWordPiece = (vocab: Vocab): WordPiece => {
  const initial = createPieceTrie(vocab.initial)
  const continuing = createPieceTrie(vocab.continuing)
  const decompose = createDecomposer()

  const emit = (tokens: Tokens, text: MappedText, id: number, first: number, last: number): void => {
    let start = startAt(text, first)
    let end = endAt(text, first)
    for (let i = first + 1; i <= last; i += 1) {
      start = Math.min(start, startAt(text, i))
      end = Math.max(end, endAt(text, i))
    }
    tokens.ids.push(id)
    tokens.starts.push(start)
    tokens.ends.push(end)
  }

  const endWord = (tokens: Tokens, text: MappedText, { letters, sources }: Word): void => {
    const from = tokens.ids.length
    let trie: PieceTrie = initial
    for (let start = 0; start < letters.length; trie = continuing) {
      let id = NONE
      let length = 0
      for (let node = trie.root, i = start; i < letters.length; i += 1) {
        node = trie.next(node, letters[i] ?? 0)
        if (node === NONE) break
        if (trie.idAt(node) === NONE) continue
        id = trie.idAt(node)
        length = i + 1 - start
      }
      // A vocabulary without some letter: then the whole word is unknown, as in the reference.
      if (id === NONE) {
        for (const list of [tokens.ids, tokens.starts, tokens.ends]) list.length = from
        emit(tokens, text, vocab.unknownId, sources[0] ?? 0, sources.at(-1) ?? 0)
        break
      }
      emit(tokens, text, id, sources[start] ?? 0, sources[start + length - 1] ?? 0)
      start += length
    }
    letters.length = 0
    sources.length = 0
  }

  const symbolId = (codePoint: number): number => {
    const node = initial.next(initial.root, codePoint)
    return node === NONE || initial.idAt(node) === NONE ? vocab.unknownId : initial.idAt(node)
  }

  const add = (tokens: Tokens, text: MappedText, word: Word, codePoint: number, source: number): void => {
    if (isLetter(codePoint)) {
      word.letters.push(codePoint)
      word.sources.push(source)
      return
    }
    if (word.letters.length > 0) endWord(tokens, text, word)
    if (codePoint === 0x20 || WHITESPACE.test(String.fromCodePoint(codePoint))) return
    emit(tokens, text, symbolId(codePoint), source, source)
  }

  return {
    encode: (text) => {
      const tokens: Tokens = { ids: [], starts: [], ends: [] }
      const word: Word = { letters: [], sources: [] }
      for (let i = 0; i < text.codePoints.length; i += 1) {
        const codePoint = codePointAt(text, i)
        if (codePoint >= HANGUL_FIRST && codePoint <= HANGUL_LAST) {
          const index = codePoint - HANGUL_FIRST
          const tail = index % TAIL_COUNT
          word.letters.push(LEADS + Math.floor(index / (VOWEL_COUNT * TAIL_COUNT)))
          word.letters.push(VOWELS + Math.floor((index % (VOWEL_COUNT * TAIL_COUNT)) / TAIL_COUNT))
          word.sources.push(i, i)
          if (tail === 0) continue
          word.letters.push(TAILS + tail)
          word.sources.push(i)
        } else if (isSpecial(codePoint)) {
          if (word.letters.length > 0) endWord(tokens, text, word)
          emit(tokens, text, vocab.specialIds[codePoint - SPECIAL.emote] ?? vocab.unknownId, i, i)
        } else if (codePoint < FIRST_DECOMPOSABLE) add(tokens, text, word, codePoint, i)
        else for (const part of decompose(codePoint)) add(tokens, text, word, part, i)
      }
      if (word.letters.length > 0) endWord(tokens, text, word)
      return tokens
    },
  }
}
