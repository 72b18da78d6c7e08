import { makeViews } from '../../../src/text/views.js'
import { loadVocab, type Vocab } from '../../../src/text/vocab.js'
import { WordPiece } from '../../../src/text/wordpiece.js'
import { benchArtifact } from '../artifact.js'
import type { Figure } from '../report.js'
import type { MarkedLine } from './corpus.js'
import type { Plan } from './measure.js'
import { createPlainWordPiece, UNKNOWN_PIECE } from './plain-wordpiece.js'
import { printTable } from './table.js'
import { mean, percent, type Trials } from './trials.js'

type Token = string | number

/** How one way to read text turns messages into tokens; several readings where there are several views. */
interface Encoder {
  readonly unknown: Token
  /** The tokens of the marked parts of a line as it is. */
  spanTokens(line: MarkedLine): readonly Token[]
  readings(text: string): readonly (readonly Token[])[]
}

const touches = (line: MarkedLine, start: number, end: number, unit: (text: string) => number): boolean =>
  line.spans.some(
    (span) => start < unit(line.text.slice(0, span.end)) && end > unit(line.text.slice(0, span.start)),
  )

const plainEncoder = (vocab: Vocab): Encoder => {
  const encode = createPlainWordPiece(vocab)
  return {
    unknown: UNKNOWN_PIECE,
    spanTokens: (line) =>
      encode(line.text)
        .filter(({ start, end }) => touches(line, start, end, (text) => text.length))
        .map(({ piece }) => piece),
    readings: (text) => [encode(text).map(({ piece }) => piece)],
  }
}

const haechiEncoder = (vocab: Vocab): Encoder => {
  const wordPiece = new WordPiece(vocab)
  const encodeViews = (text: string) =>
    makeViews({ text, emotes: [], kind: 'chat' }).views.map((view) => wordPiece.encode(view.text))
  return {
    unknown: vocab.unknownId,
    spanTokens: (line) => {
      const [canonical] = encodeViews(line.text)
      return (canonical?.ids ?? []).filter((_, index) =>
        touches(line, canonical?.starts[index] ?? 0, canonical?.ends[index] ?? 0, (text) => [...text].length),
      )
    },
    readings: (text) => encodeViews(text).map(({ ids }) => ids),
  }
}

/** Of `wanted`, each counted as often as it occurs, the share that is among `tokens`. */
const shareAmong = (wanted: readonly Token[], tokens: readonly Token[]): number => {
  const left = new Map<Token, number>()
  for (const token of tokens) left.set(token, (left.get(token) ?? 0) + 1)
  let found = 0
  for (const token of wanted) {
    const count = left.get(token) ?? 0
    if (count > 0) found += 1
    left.set(token, count - 1)
  }
  return percent(found, wanted.length)
}

interface Damage {
  /** % of messages of which the best reading has an [UNK]. */
  readonly unknown: number
  /** % of the tokens of the marked parts, in the best reading. */
  readonly kept: number
}

const damageOf = (encoder: Encoder, attempts: Trials['attempts']): Damage => {
  const all = attempts.flatMap(({ line, text }) => {
    const wanted = encoder.spanTokens(line).filter((token) => token !== encoder.unknown)
    const readings = encoder.readings(text).map((tokens) => ({
      kept: shareAmong(wanted, tokens),
      hasUnknown: tokens.includes(encoder.unknown),
    }))
    const best = readings.toSorted(
      (a, b) => b.kept - a.kept || Number(a.hasUnknown) - Number(b.hasUnknown),
    )[0]
    return best === undefined || wanted.length === 0 ? [] : [best]
  })
  return {
    unknown: percent(all.filter(({ hasUnknown }) => hasUnknown).length, all.length),
    kept: mean(all.map(({ kept }) => kept)),
  }
}

const SAMPLE = 1_000

const sample = (attempts: Trials['attempts']): Trials['attempts'] => {
  const step = Math.ceil(attempts.length / SAMPLE)
  return attempts.filter((_, index) => index % step === 0)
}

/** What attacks do to the tokens that carry the abuse, before and after canonicalising; prints the table. */
export const benchEncoder = async (plans: readonly Plan[]): Promise<readonly Figure[]> => {
  const { tokenizerPath } = await benchArtifact()
  const vocab = await loadVocab(tokenizerPath)
  const [plain, haechi] = [plainEncoder(vocab), haechiEncoder(vocab)]
  const rows = plans.flatMap(({ attacks, mix, abusive, language }) => {
    const asIs = {
      name: `${language}, as it is`,
      tier: 0,
      attempts: abusive.map((line) => ({ line, text: line.text })),
    }
    const attacked = [...attacks, mix].map(({ attack, pool, attempts }) => ({
      name: pool === 'rare' ? `${attack.name} (rare)` : attack.name,
      tier: attack.tier,
      attempts: sample(attempts),
    }))
    return [asIs, ...attacked].map(({ name, tier, attempts }) => ({
      name,
      tier,
      before: damageOf(plain, attempts),
      after: damageOf(haechi, attempts),
    }))
  })
  printTable(
    'Encoder damage: % of messages with an [UNK], and % of the tokens of the abuse that are left. Before: NFC and ' +
      'lower case into our whole-syllable pieces as BERT would, without fallback; after: our best view and fallback',
    ['attack', '[UNK] before', 'after', 'tokens left before', 'after'],
    rows.map(({ name, before, after }) => [name, before.unknown, after.unknown, before.kept, after.kept]),
  )
  const first = rows.filter(({ tier }) => tier === 1)
  const figure = (name: string, value: number): Figure => ({ name, value, unit: '%', note: 'mean of tier 1' })
  return [
    figure('robust.unknown_before', mean(first.map(({ before }) => before.unknown))),
    figure('robust.unknown_after', mean(first.map(({ after }) => after.unknown))),
    figure('robust.tokens_left_before', mean(first.map(({ before }) => before.kept))),
    figure('robust.tokens_left_after', mean(first.map(({ after }) => after.kept))),
  ]
}
