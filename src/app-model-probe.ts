import type { OpenModel, OpenNetwork } from './app-model.js'
import { ModelLoadError } from './errors.js'
import { windowsOf } from './model/windows.js'
import type { MappedText } from './text/mapped-text.js'
import { makeViews } from './text/views.js'

/** How long the networks took for so many rows, all of which they were asked themselves. */
export interface Probe {
  readonly rows: number
  readonly ms: number
}

interface ProbedNetwork {
  readonly artifact: Pick<OpenNetwork['artifact'], 'folder' | 'window'>
  readonly batcher: OpenNetwork['batcher']
}

interface ProbedModel extends Pick<OpenModel, 'vocab' | 'encode' | 'classifier'> {
  readonly networks: readonly ProbedNetwork[]
}

const TEXTS = [
  '안녕하세요',
  'good morning',
  '오늘 방송 재밌었어요 ㅋㅋㅋ @someone https://example.com',
  'ㅋ',
  '12345',
]

const textsToAsk = (): readonly MappedText[] =>
  TEXTS.flatMap((text) =>
    makeViews({ text, emotes: [], kind: 'chat' }).views.map((view): MappedText => view.text),
  )

/** @throws ModelLoadError unless every answer is a number, and InferenceError */
const probeNetwork = async (
  { artifact: { folder, window }, batcher }: ProbedNetwork,
  { vocab, encode }: Pick<OpenModel, 'vocab' | 'encode'>,
): Promise<Probe> => {
  const ids = [...vocab.initial.values(), ...vocab.continuing.values()]
  const last = ids.reduce((most, id) => Math.max(most, id), 0)
  const encoded = textsToAsk().flatMap((text) => windowsOf(encode(text), window).map((tokens) => tokens.ids))
  const rows = [Array.from({ length: window.tokens }, () => last), ...encoded]
  const started = performance.now()
  const logits = await Promise.all(rows.map((row) => batcher.submit(row)))
  const ms = performance.now() - started
  if (!logits.every((row) => row.every(Number.isFinite)))
    throw new ModelLoadError(`the network in ${folder} gives answers that are no numbers: export it again`)
  return { rows: rows.length, ms }
}

/**
 * Asks each network about harmless texts, which a linear stage would keep from it, and about the tokenizer's last
 * piece: weights of another training often have no row for it. Then the classifier, so that all stages answer.
 * @throws ModelLoadError unless every answer is a number, and InferenceError
 */
export const probeModel = async (open: ProbedModel): Promise<Probe> => {
  const probes: Probe[] = []
  for (const network of open.networks) probes.push(await probeNetwork(network, open))
  const scores = (await open.classifier.scoreEach(textsToAsk())).flatMap((each) => Object.values(each))
  if (!scores.every((score) => score >= 0 && score <= 1)) {
    const folders = open.networks.map(({ artifact }) => artifact.folder).join(', ')
    throw new ModelLoadError(`the model ${folders} gives scores outside of 0..1: export it again`)
  }
  return {
    rows: probes.reduce((sum, { rows }) => sum + rows, 0),
    ms: probes.reduce((sum, { ms }) => sum + ms, 0),
  }
}

/** For people. */
export const probeText = ({ rows, ms }: Probe): string => `answered ${rows} rows in ${ms.toFixed(0)} ms`
