import { rememberChange, rememberTest } from './code-point-memo.js'
import { codaOf, isSyllable, leadOf, vowelOf } from './hangul.js'
import { codePointAt, endAt, type MappedText, type Range, startAt } from './mapped-text.js'
import { createPieceTrie, NONE, type PieceTrie } from './piece-trie.js'
import { isSpecial, SPECIAL } from './special-tokens.js'
import type { Vocab } from './vocab.js'

/** Token ids, each with the half-open range of raw code points it came from; three arrays of one length. */
export interface Tokens {
  readonly ids: number[]
  readonly starts: number[]
  readonly ends: number[]
}

/** Where in the trie the pieces that begin a word start, and those that go on with one. */
const INITIAL = 0
const CONTINUING = 1

/** Where the conjoining jamo of each kind begin; codas are counted from one before their first. */
const LEADS = 0x1100
const VOWELS = 0x1161
const CODAS = 0x11a7

/** Letters of words; every other code point is a word by itself (the pre-tokenizer of `tokenizer.json`). */
const isLetter = (c: number): boolean =>
  c < 0x1100
    ? (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39)
    : c <= 0x3163 &&
      (c <= 0x1112 || (c >= 0x1161 && c <= 0x1175) || (c >= 0x11a8 && c <= 0x11c2) || c >= 0x3131)

const WHITESPACE = /\p{White_Space}/u
const isWhitespace = rememberTest((codePoint) => WHITESPACE.test(String.fromCodePoint(codePoint)))

const FIRST_DECOMPOSABLE = 0xc0

/** Canonical decompositions of everything but Hangul. */
const decompose = rememberChange((codePoint): readonly number[] | undefined => {
  const character = String.fromCodePoint(codePoint)
  const decomposed = character.normalize('NFD')
  return decomposed === character ? undefined : Array.from(decomposed, (part) => part.codePointAt(0) ?? 0)
})

/**
 * The range of the original that a text's tokens cover, without making them; undefined when it has none. White
 * space is in no token, everything else is in one.
 */
export const tokenRange = ({ codePoints, starts, ends }: MappedText): Range | undefined => {
  let start = Number.POSITIVE_INFINITY
  let end = 0
  // In text that was reversed, a space between words may have stood outside of them.
  for (let i = 0; i < codePoints.length; i += 1) {
    if (isWhitespace(codePoints[i] ?? 0)) continue
    start = Math.min(start, starts[i] ?? start)
    end = Math.max(end, ends[i] ?? end)
  }
  return start === Number.POSITIVE_INFINITY ? undefined : { start, end }
}

/** The word that is being read: its letters, and where in the text they are. Kept from word to word. */
interface Word {
  letters: Int32Array
  places: Int32Array
  length: number
}

const MIN_CAPACITY = 64

const createWord = (): Word => ({
  letters: new Int32Array(MIN_CAPACITY),
  places: new Int32Array(MIN_CAPACITY),
  length: 0,
})

const grown = (list: Int32Array): Int32Array => {
  const longer = new Int32Array(2 * list.length)
  longer.set(list)
  return longer
}

const addLetter = (word: Word, letter: number, place: number): void => {
  if (word.length === word.letters.length) {
    word.letters = grown(word.letters)
    word.places = grown(word.places)
  }
  word.letters[word.length] = letter
  word.places[word.length] = place
  word.length += 1
}

/** One text on its way to tokens, of which the first `count` are written. The lists are kept from text to text. */
interface Reading {
  text: MappedText
  readonly ids: number[]
  readonly starts: number[]
  readonly ends: number[]
  count: number
}

const NO_TEXT: MappedText = { codePoints: [], starts: [], ends: [] }

const emit = (reading: Reading, id: number, first: number, last: number): void => {
  const { text, count } = reading
  let start = startAt(text, first)
  let end = endAt(text, first)
  // In text that was reversed, what comes first does not start first.
  for (let i = first + 1; i <= last; i += 1) {
    start = Math.min(start, startAt(text, i))
    end = Math.max(end, endAt(text, i))
  }
  reading.ids[count] = id
  reading.starts[count] = start
  reading.ends[count] = end
  reading.count = count + 1
}

/**
 * Greedy longest-match WordPiece (Wu et al. 2016, arXiv 1609.08144) over canonically decomposed text: the ids
 * are those of Hugging Face `tokenizers` on the rendered view. Hangul falls back to its jamo, never to [UNK].
 */
export class WordPiece {
  readonly #trie: PieceTrie
  readonly #word = createWord()
  readonly #reading: Reading = { text: NO_TEXT, ids: [], starts: [], ends: [], count: 0 }

  constructor(private readonly vocab: Vocab) {
    this.#trie = createPieceTrie(vocab.initial, vocab.continuing)
  }

  /** Never throws; at most one token for each jamo, letter or symbol. */
  encode(text: MappedText): Tokens {
    const reading = this.#reading
    reading.text = text
    reading.count = 0
    const n = text.codePoints.length
    for (let i = 0; i < n; i += 1) {
      const codePoint = codePointAt(text, i)
      if (isSyllable(codePoint)) addSyllable(this.#word, codePoint, i)
      else if (isSpecial(codePoint)) this.#addSpecial(reading, codePoint, i)
      else this.#addOther(reading, codePoint, i)
    }
    this.#endWord(reading)
    reading.text = NO_TEXT
    const { ids, starts, ends, count } = reading
    return { ids: ids.slice(0, count), starts: starts.slice(0, count), ends: ends.slice(0, count) }
  }

  #addSpecial(reading: Reading, codePoint: number, place: number): void {
    this.#endWord(reading)
    emit(reading, this.vocab.specialIds[codePoint - SPECIAL.emote] ?? this.vocab.unknownId, place, place)
  }

  #addOther(reading: Reading, codePoint: number, place: number): void {
    const parts = codePoint < FIRST_DECOMPOSABLE ? undefined : decompose(codePoint)
    if (parts === undefined) this.#add(reading, codePoint, place)
    else for (const part of parts) this.#add(reading, part, place)
  }

  #add(reading: Reading, codePoint: number, place: number): void {
    if (isLetter(codePoint)) {
      addLetter(this.#word, codePoint, place)
      return
    }
    this.#endWord(reading)
    if (isWhitespace(codePoint)) return
    const node = this.#trie.next(INITIAL, codePoint)
    const id = node === NONE ? NONE : this.#trie.idAt(node)
    emit(reading, id === NONE ? this.vocab.unknownId : id, place, place)
  }

  #endWord(reading: Reading): void {
    const { places, length } = this.#word
    if (length === 0) return
    const before = reading.count
    if (!this.#splitWord(reading)) {
      // A vocabulary without some letter: then the whole word is unknown, as in the reference.
      reading.count = before
      emit(reading, this.vocab.unknownId, places[0] ?? 0, places[length - 1] ?? 0)
    }
    this.#word.length = 0
  }

  #splitWord(reading: Reading): boolean {
    const { letters, places, length } = this.#word
    const trie = this.#trie
    for (let start = 0, root = INITIAL; start < length; root = CONTINUING) {
      let id = NONE
      let end = start
      for (let node = root, i = start; i < length; i += 1) {
        node = trie.next(node, letters[i] ?? 0)
        if (node === NONE) break
        const idHere = trie.idAt(node)
        if (idHere === NONE) continue
        id = idHere
        end = i + 1
      }
      if (id === NONE) return false
      emit(reading, id, places[start] ?? 0, places[end - 1] ?? 0)
      start = end
    }
    return true
  }
}

const addSyllable = (word: Word, syllable: number, place: number): void => {
  addLetter(word, LEADS + leadOf(syllable), place)
  addLetter(word, VOWELS + vowelOf(syllable), place)
  const coda = codaOf(syllable)
  if (coda !== 0) addLetter(word, CODAS + coda, place)
}
