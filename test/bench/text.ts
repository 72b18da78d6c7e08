import { readFileSync } from 'node:fs'
import { Tokenizer as JsTokenizer } from '@huggingface/tokenizers'
import { Tokenizer as NativeTokenizer } from 'tokenizers'
import { makeViews } from '../../src/text/views.js'
import { loadVocab } from '../../src/text/vocab.js'
import { WordPiece } from '../../src/text/wordpiece.js'
import { shippedArtifact } from './artifact.js'
import { linesFor, type NamedLines } from './lines.js'
import { type Figure, median, perSecond } from './report.js'

const LINES = 20_000
/** Peers are slow: they get fewer of the same lines. */
const PEER_LINES = 4_000

const nativeRate = async (path: string, lines: readonly string[]): Promise<number> => {
  const tokenizer = NativeTokenizer.fromFile(path)
  const seconds: number[] = []
  for (let run = 0; run < 4; run += 1) {
    const start = performance.now()
    for (const line of lines) await tokenizer.encode(line)
    seconds.push((performance.now() - start) / 1000)
  }
  return lines.length / median(seconds.slice(1))
}

/** Canonicalise (all views) and tokenise on one core, next to peers that only tokenise. */
export async function* benchText(): AsyncGenerator<Figure> {
  const { tokenizerPath } = await shippedArtifact()
  const wordPiece = new WordPiece(await loadVocab(tokenizerPath))
  for (const set of linesFor(LINES)) yield* benchLines(set, tokenizerPath, wordPiece)
}

async function* benchLines(
  { name, lines }: NamedLines,
  tokenizerPath: string,
  wordPiece: WordPiece,
): AsyncGenerator<Figure> {
  const inputs = lines.map((text) => ({ text, emotes: [], kind: 'chat' as const }))
  const views = inputs.flatMap((input) => makeViews(input).views)
  const ours = perSecond(lines.length, () => {
    for (const input of inputs) for (const { text } of makeViews(input).views) wordPiece.encode(text)
  })
  const canonical = perSecond(lines.length, () => {
    for (const input of inputs) makeViews(input)
  })
  const tokens = perSecond(lines.length, () => {
    for (const { text } of views) wordPiece.encode(text)
  })
  const few = lines.slice(0, PEER_LINES).map((line) => line.toLowerCase())
  const js = new JsTokenizer(JSON.parse(readFileSync(tokenizerPath, 'utf8')), {})
  const jsRate = perSecond(
    few.length,
    () => {
      for (const line of few) js.encode(line)
    },
    3,
  )
  const native = await nativeRate(tokenizerPath, few)
  const note = `${(views.length / lines.length).toFixed(2)} views a message`
  const unit = 'messages/s'
  yield { name: `text (${name})`, value: ours, unit, atLeast: 60_000, note }
  yield { name: `  canonicalise (${name})`, value: canonical, unit }
  yield { name: `  tokenise (${name})`, value: tokens, unit }
  yield {
    name: `  @huggingface/tokenizers (${name})`,
    value: jsRate,
    unit,
    ratio: jsRate / ours,
    of: `text (${name})`,
    note: 'tokenises only',
  }
  yield {
    name: `  tokenizers, native (${name})`,
    value: native,
    unit,
    ratio: native / ours,
    of: `text (${name})`,
    note: 'tokenises only',
  }
}
