import { readFileSync } from 'node:fs'
import { Tokenizer as JsTokenizer } from '@huggingface/tokenizers'
import { Tokenizer as NativeTokenizer } from 'tokenizers'
import { scoredParts } from '../../src/text/scored-views.js'
import { makeViews, type TextInput } from '../../src/text/views.js'
import { loadVocab } from '../../src/text/vocab.js'
import { WordPiece } from '../../src/text/wordpiece.js'
import { benchArtifact } from './artifact.js'
import { linesFor, type NamedLines } from './lines.js'
import { profile } from './profile.js'
import { type Figure, median, perSecond } from './report.js'
import { printTable } from './robust/table.js'

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

/** A step of canonicalising has a file of its own; what its file calls counts for it. */
const stepOf = (url: string): string | undefined => {
  const [, folder, file] = /\/src\/text\/(canonicalise\/)?([\w-]+)\.js$/.exec(url) ?? []
  if (folder !== undefined) return file
  if (file === 'wordpiece') return 'tokenise'
  if (file === 'word-windows') return 'windows'
  return file === 'views' ? 'views, the rest' : undefined
}

const printSteps = async (
  { name, lines }: NamedLines,
  inputs: readonly TextInput[],
  wordPiece: WordPiece,
): Promise<void> => {
  const shares = await profile(() => {
    for (const input of inputs)
      for (const { text } of scoredParts(makeViews(input).views)) wordPiece.encode(text)
  }, stepOf)
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0)
  printTable(
    `Cost of text by step (${name}; sampled while profiled, shared helpers count for the step that calls them)`,
    ['step', '%', 'us a message'],
    [...shares]
      .toSorted(([, a], [, b]) => b - a)
      .filter(([, share]) => share > total / 1000)
      .map(([step, share]) => [step, (100 * share) / total, (share / lines.length).toFixed(2)]),
  )
}

/** Canonicalise (all views) and tokenise on one core, next to peers that only tokenise. */
export async function* benchText(): AsyncGenerator<Figure> {
  const { tokenizerPath } = await benchArtifact()
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
  const texts = inputs.flatMap((input) => scoredParts(makeViews(input).views).map(({ text }) => text))
  const ours = perSecond(lines.length, () => {
    for (const input of inputs)
      for (const { text } of scoredParts(makeViews(input).views)) wordPiece.encode(text)
  })
  const canonical = perSecond(lines.length, () => {
    for (const input of inputs) makeViews(input)
  })
  const tokens = perSecond(lines.length, () => {
    for (const text of texts) wordPiece.encode(text)
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
  const each = (count: number): string => (count / lines.length).toFixed(2)
  const note = `${each(views.length)} views a message, ${each(texts.length)} texts with their windows`
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
  await printSteps({ name, lines }, inputs, wordPiece)
}
