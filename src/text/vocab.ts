import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ModelLoadError } from '../errors.js'
import { SPECIAL_NAMES } from './special-tokens.js'

/** A WordPiece vocabulary: pieces that begin a word, pieces that go on with one (without their `##`), and ids. */
export interface Vocab {
  readonly initial: ReadonlyMap<string, number>
  readonly continuing: ReadonlyMap<string, number>
  readonly unknownId: number
  /** In the order of `SPECIAL_NAMES`. */
  readonly specialIds: readonly number[]
}

const CONTINUING = '##'
const UNKNOWN = '[UNK]'
/** Ids are kept as 16-bit numbers where rows are remembered. */
const MAX_ID = 0xffff

const tokenizerSchema = z.object({
  model: z.object({
    type: z.literal('WordPiece'),
    vocab: z.record(z.string(), z.int().min(0)),
    unk_token: z.literal(UNKNOWN),
    continuing_subword_prefix: z.literal(CONTINUING),
  }),
})

/**
 * The vocabulary of a Hugging Face `tokenizer.json`.
 * @throws ModelLoadError naming the file and what is wrong with it
 */
export const parseVocab = (json: string, path: string): Vocab => {
  const fail = (what: string, cause?: unknown): never => {
    throw new ModelLoadError(`${path} ${what}; restore the model folder or train it again`, { cause })
  }
  let parsed: z.infer<typeof tokenizerSchema> | undefined
  try {
    parsed = tokenizerSchema.parse(JSON.parse(json))
  } catch (cause) {
    return fail('is not a WordPiece tokenizer.json', cause)
  }
  const { vocab } = parsed.model
  const idOf = (piece: string): number => vocab[piece] ?? fail(`has no ${piece}`)
  const entries = Object.entries(vocab)
  if (entries.some(([, id]) => id > MAX_ID)) return fail(`has an id above ${MAX_ID}`)
  return {
    initial: new Map(entries.filter(([piece]) => !piece.startsWith(CONTINUING))),
    continuing: new Map(
      entries
        .filter(([piece]) => piece.startsWith(CONTINUING) && piece.length > CONTINUING.length)
        .map(([piece, id]) => [piece.slice(CONTINUING.length), id]),
    ),
    unknownId: idOf(UNKNOWN),
    specialIds: SPECIAL_NAMES.map(idOf),
  }
}

/** @throws ModelLoadError */
export const loadVocab = async (path: string): Promise<Vocab> => {
  try {
    return parseVocab(await readFile(path, 'utf8'), path)
  } catch (error) {
    if (error instanceof ModelLoadError) throw error
    throw new ModelLoadError(`cannot read ${path}; restore the model folder or train it again`, {
      cause: error,
    })
  }
}

/** The piece of an id, a piece that goes on with a word with its `##`; Hangul composed, as people read it. */
export const piecesOf = ({ initial, continuing }: Vocab): ((id: number) => string) => {
  const pieces = new Map<number, string>()
  for (const [piece, id] of initial) pieces.set(id, piece.normalize('NFC'))
  for (const [piece, id] of continuing) pieces.set(id, CONTINUING + piece.normalize('NFC'))
  return (id) => pieces.get(id) ?? UNKNOWN
}
