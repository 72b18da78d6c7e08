import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SPECIAL_NAMES } from '../../src/text/special-tokens.js'
import { CANONICALISER_VERSION } from '../../src/text/views.js'
import { TINY_FOLDER, TINY_MODEL } from './tiny-model.js'

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')

/** A WordPiece tokenizer of `pieces` pieces, without one word of theirs in use; the tiny model has 128 rows. */
const tokenizerOf = (pieces: number): string => {
  const names = ['[PAD]', '[UNK]', ...SPECIAL_NAMES]
  const filler = Array.from({ length: pieces - names.length }, (_, i) => String.fromCodePoint(0xac00 + i))
  const vocab = Object.fromEntries([...names, ...filler].map((name, id) => [name, id]))
  return JSON.stringify({
    model: { type: 'WordPiece', vocab, unk_token: '[UNK]', continuing_subword_prefix: '##' },
  })
}

export interface TinyArtifact {
  readonly version?: string
  /** Of the vocabulary; above 128 the model has no row for the last. */
  readonly pieces?: number
  /** Put over the manifest. */
  readonly manifest?: Readonly<Record<string, unknown>>
}

/** Writes an artifact that this Haechi loads, `tiny@<version>`, into the folder, which is made; gives the folder. */
export const writeTinyArtifact = async (
  folder: string,
  { version = '1.0.0', pieces = 100, manifest = {} }: TinyArtifact = {},
): Promise<string> => {
  await mkdir(folder, { recursive: true })
  await copyFile(TINY_MODEL, join(folder, 'model.onnx'))
  const tokenizer = tokenizerOf(pieces)
  await writeFile(join(folder, 'tokenizer.json'), tokenizer)
  const tiny: object = JSON.parse(await readFile(join(TINY_FOLDER, 'manifest.json'), 'utf8'))
  const files = { 'model.onnx': sha256(await readFile(TINY_MODEL)), 'tokenizer.json': sha256(tokenizer) }
  const all = { ...tiny, version, files, canonicaliser: CANONICALISER_VERSION, ...manifest }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(all))
  return folder
}

/** Changes one bit in the middle of a file. */
export const flipBit = async (path: string): Promise<void> => {
  const bytes = await readFile(path)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  await writeFile(path, bytes)
}
