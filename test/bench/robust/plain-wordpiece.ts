import type { Vocab } from '../../../src/text/vocab.js'

/** A piece and where in the text it stands, in UTF-16 units. */
export interface PlainToken {
  readonly piece: string
  readonly start: number
  readonly end: number
}

export const UNKNOWN_PIECE = '[UNK]'

const HALF_SYLLABLE = /[\u1100-\u11ff]/u
const LONE_JAMO = /^[ㄱ-ㅣ]$/u
const composed = (pieces: Iterable<string>): ReadonlySet<string> =>
  new Set(
    Array.from(pieces, (piece) => piece.normalize('NFC')).filter(
      (piece) => !HALF_SYLLABLE.test(piece) && !LONE_JAMO.test(piece),
    ),
  )

/** Words as BERT's basic tokenizer makes them: split at spaces, each mark a word by itself. */
const WORDS = /[^\s\p{P}$+<=>^`|~]+|[\p{P}$+<=>^`|~]/gu

/**
 * What a filter without canonicalising and without fallback sees: text in NFC and lower case, greedy longest match
 * in the pieces of our vocabulary that are whole syllables, and a word that does not come out is [UNK].
 */
export const createPlainWordPiece = (vocab: Vocab) => {
  const initial = composed(vocab.initial.keys())
  const continuing = composed(vocab.continuing.keys())

  const splitWord = (word: string, at: number): readonly PlainToken[] => {
    const tokens: PlainToken[] = []
    for (let from = 0; from < word.length; ) {
      const pieces = from === 0 ? initial : continuing
      let to = word.length
      while (to > from && !pieces.has(word.slice(from, to))) to -= 1
      if (to === from) return [{ piece: UNKNOWN_PIECE, start: at, end: at + word.length }]
      tokens.push({
        piece: (from === 0 ? '' : '##') + word.slice(from, to),
        start: at + from,
        end: at + to,
      })
      from = to
    }
    return tokens
  }

  return (text: string): readonly PlainToken[] =>
    Array.from(text.normalize('NFC').toLowerCase().matchAll(WORDS)).flatMap(({ index, 0: word }) =>
      splitWord(word, index),
    )
}
