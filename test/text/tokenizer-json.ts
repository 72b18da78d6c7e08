import { SPECIAL_NAMES } from '../../src/text/special-tokens.js'

const LETTERS = '\\x{1100}-\\x{1112}\\x{1161}-\\x{1175}\\x{11A8}-\\x{11C2}\\x{3131}-\\x{3163}a-z0-9'
const RANGES = [
  [0x1100, 0x1112],
  [0x1161, 0x1175],
  [0x11a8, 0x11c2],
  [0x3131, 0x3163],
  [0x61, 0x7a],
  [0x30, 0x39],
] as const
const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...SPECIAL_NAMES]

const alphabet = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
)

/** Every prefix of each word as a first piece, and every second one as a piece that goes on. */
const piecesOf = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) => {
    const letters = Array.from(word.normalize('NFD'))
    return letters.flatMap((_, i) => [letters.slice(0, i + 1).join(''), `##${letters.slice(i).join('')}`])
  })

export interface TokenizerOptions {
  /** What the vocabulary knows beside single letters. */
  readonly words: readonly string[]
  readonly symbols: readonly string[]
  /** Pieces to leave out. */
  readonly without?: readonly string[]
}

/** A `tokenizer.json` of the shape that training writes, with a vocabulary made of `words`. */
export const tokenizerJson = ({ words, symbols, without = [] }: TokenizerOptions): string => {
  const pieces = new Set([
    ...SPECIALS,
    ...alphabet,
    ...alphabet.map((c) => `##${c}`),
    ...symbols,
    ...piecesOf(words),
  ])
  for (const piece of without) pieces.delete(piece)
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIALS.map((content, id) => ({ id, content, ...flags })),
    normalizer: { type: 'NFD' },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'WhitespaceSplit' },
        { type: 'Split', pattern: { Regex: `[^${LETTERS}]` }, behavior: 'Isolated', invert: false },
      ],
    },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100_000,
      vocab: Object.fromEntries([...pieces].map((piece, id) => [piece, id])),
    },
  })
}
