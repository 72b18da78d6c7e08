import { openModel, openSecond } from '../../src/app-model.js'
import { createClosers } from '../../src/closers.js'
import type { Span } from '../../src/domain/verdict.js'
import type { Classifier } from '../../src/model/classifier.js'
import { evidence } from '../../src/model/explain.js'
import type { Thresholds } from '../../src/model/judge.js'
import { createLogger } from '../../src/telemetry/logger.js'
import type { Range } from '../../src/text/mapped-text.js'
import { benchArtifact, benchSecond } from './artifact.js'
import { abusiveTexts } from './explain-lines.js'
import { referenceOf, type ScoredText, scoreText, scoreWithout } from './explain-reference.js'
import { type Figure, median } from './report.js'

const FLAGGED = 500

interface Explained extends ScoredText {
  readonly spans: readonly Span[]
  readonly ms: number
  /** Texts that the classifier was asked for the spans. */
  readonly rows: number
}

/** One message as the worker handles it: what earlier ones left in the row cache stays there. */
const explain = async (
  classifier: Classifier,
  text: string,
  thresholds: Thresholds,
): Promise<Explained | undefined> => {
  const scoredText = await scoreText(classifier, [...text])
  if (scoredText.scored.scores.abusive < thresholds.abusive) return undefined
  let rows = 0
  const counting: Pick<Classifier, 'scoreEach'> = {
    scoreEach: (texts) => {
      rows += texts.length
      return classifier.scoreEach(texts)
    },
  }
  const start = performance.now()
  const spans = await evidence(counting, scoredText.views, scoredText.scored, thresholds)
  return { ...scoredText, spans, ms: performance.now() - start, rows }
}

/** The span whose removal takes most off the message's score; of equal ones the first. */
const strongest = async (classifier: Classifier, { raw, spans }: Explained): Promise<Span | undefined> => {
  const left = await Promise.all(spans.map((span) => scoreWithout(classifier, raw, span)))
  return spans[left.indexOf(Math.min(...left))]
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u

/** Without the spaces and marks at both ends, which no reader would miss. */
const trimmed = (raw: readonly string[], { start, end }: Range): Range => {
  const inside = raw.slice(start, end).map((letter) => SAYS_SOMETHING.test(letter))
  if (!inside.includes(true)) return { start, end }
  return { start: start + inside.indexOf(true), end: start + inside.lastIndexOf(true) + 1 }
}

/** How much of what either covers both cover, 0..1. */
const overlapOf = (a: Range, b: Range): number => {
  const both = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
  return both / (a.end - a.start + (b.end - b.start) - both)
}

/** Of the strongest span with both references. */
const overlapsOf = async (classifier: Classifier, explained: Explained, threshold: number) => {
  const reference = await referenceOf(classifier, explained, threshold)
  const top = await strongest(classifier, explained)
  const overlapWith = (range: Range | undefined): number =>
    range && top ? overlapOf(trimmed(explained.raw, top), trimmed(explained.raw, range)) : 0
  return { reason: overlapWith(reference.reason), removal: overlapWith(reference.removal) }
}

const explainAll = async (classifier: Classifier, thresholds: Thresholds): Promise<readonly Explained[]> => {
  const all: Explained[] = []
  for (const text of abusiveTexts()) {
    const explained = await explain(classifier, text, thresholds)
    if (explained !== undefined) all.push(explained)
    if (all.length === FLAGGED) break
  }
  return all
}

async function* figures(classifier: Classifier, thresholds: Thresholds): AsyncGenerator<Figure> {
  // The reference comes after all of them: what it asks would else be remembered.
  const all = await explainAll(classifier, thresholds)
  const overlaps: { readonly reason: number; readonly removal: number }[] = []
  for (const each of all) overlaps.push(await overlapsOf(classifier, each, thresholds.abusive))
  const share = (of: 'reason' | 'removal', least: number): number =>
    (100 * overlaps.filter((each) => each[of] >= least).length) / all.length
  const times = all.map(({ ms }) => ms).toSorted((a, b) => a - b)
  yield {
    name: 'explain.agreement',
    value: share('reason', 1),
    unit: '%',
    atLeast: 90,
    note: `of ${all.length} flagged lines: strongest span the same but for marks; ${share('reason', 0.5).toFixed(1)} % overlap by half`,
  }
  yield {
    name: 'explain.agreement (removal alone)',
    value: share('removal', 1),
    unit: '%',
    note: `${share('removal', 0.5).toFixed(1)} % overlap by half`,
  }
  yield { name: 'explain.ms_p50', value: median(times), unit: 'ms', atMost: 10 }
  yield { name: 'explain.ms_p99', value: times[Math.floor(times.length * 0.99)] ?? Number.NaN, unit: 'ms' }
  yield {
    name: 'explain.rows',
    value: all.reduce((sum, { rows }) => sum + rows, 0) / all.length,
    unit: 'rows',
    note: 'asked a flagged message, remembered ones among them',
  }
}

/**
 * How often the strongest span of `evidence` is what an exhaustive leave-one-out over spans finds, and what a
 * flagged message's spans cost once it is scored.
 */
export async function* benchExplain(): AsyncGenerator<Figure> {
  const artifact = await benchArtifact()
  const stage = await benchSecond(artifact)
  const closers = createClosers()
  try {
    const logger = createLogger('warn', 'bench')
    const surroundings = { threads: 1, closers, logger }
    const second = stage && (await openSecond(stage, surroundings))
    const { classifier } = await openModel(artifact, surroundings, second)
    yield* figures(classifier, (stage ?? artifact).thresholds.chat)
  } finally {
    await closers.closeAll()
  }
}
