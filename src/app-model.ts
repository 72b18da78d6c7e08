import type { Closers } from './closers.js'
import { type Batcher, createBatcher } from './model/batcher.js'
import { type Classifier, createClassifier } from './model/classifier.js'
import { loadLinear } from './model/linear.js'
import type { Artifact } from './model/manifest.js'
import { startOnnxBackend } from './model/onnx-backend.js'
import { observeBatches } from './observe.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import type { MappedText } from './text/mapped-text.js'
import { loadVocab, type Vocab } from './text/vocab.js'
import { type Tokens, WordPiece } from './text/wordpiece.js'

/** Windows of tokens remembered, about 200 bytes each. */
const CACHE_SIZE = 20_000

/** A model that is warm, with the parts that its tokenizer and weights make. */
export interface OpenModel {
  readonly vocab: Vocab
  readonly encode: (text: MappedText) => Tokens
  readonly batcher: Batcher
  readonly classifier: Classifier
}

export interface ModelSurroundings {
  readonly threads: number
  readonly closers: Closers
  readonly logger: Logger
  readonly metrics?: Metrics | undefined
}

/**
 * Starts the threads of a verified artifact, reads its tokenizer and weights, and warms it up.
 * @throws ModelLoadError
 */
export const openModel = async (
  artifact: Artifact,
  { threads, closers, logger, metrics }: ModelSurroundings,
): Promise<OpenModel> => {
  const backend = await startOnnxBackend({
    modelPath: artifact.modelPath,
    threads,
    onRestart: (cause) =>
      logger.error({ cause: cause.message }, 'an inference thread ended and is started again'),
  })
  closers.add(() => backend.close())
  const batcher = createBatcher(backend, {}, metrics === undefined ? {} : { hooks: observeBatches(metrics) })
  closers.add(() => batcher.close())
  const vocab = await loadVocab(artifact.tokenizerPath)
  const wordPiece = new WordPiece(vocab)
  const encode = (text: MappedText): Tokens => wordPiece.encode(text)
  const linear = artifact.linear && (await loadLinear(artifact.linear))
  const classifier = createClassifier({
    artifact,
    encode,
    batcher,
    cacheSize: CACHE_SIZE,
    linear,
    onCache: (result) => metrics?.cache.inc({ result }),
    onRows: (decidedBy, rows) => metrics?.rows.inc({ decided_by: decidedBy }, rows),
  })
  return { vocab, encode, batcher, classifier }
}
