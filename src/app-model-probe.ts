import type { OpenModel } from './app-model.js'
import { ModelLoadError } from './errors.js'
import type { Artifact } from './model/manifest.js'
import { windowsOf } from './model/windows.js'
import type { MappedText } from './text/mapped-text.js'
import { makeViews } from './text/views.js'

/** How long the network took for so many rows, all of which it was asked itself. */
export interface Probe {
  readonly rows: number
  readonly ms: number
}

const TEXTS = [
  '안녕하세요',
  'good morning',
  '오늘 방송 재밌었어요 ㅋㅋㅋ @someone https://example.com',
  'ㅋ',
  '12345',
]

/**
 * Asks the network about harmless texts, which a linear stage would keep from it, and about the tokenizer's last
 * piece: weights of another training often have no row for it. Then the classifier, so that all stages answer.
 * @throws ModelLoadError unless every answer is a number, and InferenceError
 */
export const probeModel = async (
  { folder, window }: Pick<Artifact, 'folder' | 'window'>,
  { vocab, encode, batcher, classifier }: Pick<OpenModel, 'vocab' | 'encode' | 'batcher' | 'classifier'>,
): Promise<Probe> => {
  const ids = [...vocab.initial.values(), ...vocab.continuing.values()]
  const last = ids.reduce((most, id) => Math.max(most, id), 0)
  const texts = TEXTS.flatMap((text): readonly MappedText[] =>
    makeViews({ text, emotes: [], kind: 'chat' }).views.map((view) => view.text),
  )
  const encoded = texts.flatMap((text) => windowsOf(encode(text), window).map((tokens) => tokens.ids))
  const rows = [Array.from({ length: window.tokens }, () => last), ...encoded]
  const started = performance.now()
  const logits = await Promise.all(rows.map((row) => batcher.submit(row)))
  const ms = performance.now() - started
  if (!logits.every((row) => row.every(Number.isFinite)))
    throw new ModelLoadError(`the network in ${folder} gives answers that are no numbers: export it again`)
  const scores = (await classifier.scoreEach(texts)).flatMap((each) => Object.values(each))
  if (!scores.every((score) => score >= 0 && score <= 1))
    throw new ModelLoadError(`the model ${folder} gives scores outside of 0..1: export it again`)
  return { rows: rows.length, ms }
}

/** For people. */
export const probeText = ({ rows, ms }: Probe): string => `answered ${rows} rows in ${ms.toFixed(0)} ms`
