import type { Closers } from './closers.js'
import { type Batcher, createBatcher } from './model/batcher.js'
import { type Classifier, createClassifier } from './model/classifier.js'
import { loadLinear } from './model/linear.js'
import type { Artifact } from './model/manifest.js'
import { startOnnxBackend } from './model/onnx-backend.js'
import type { SecondStage } from './model/second-stage.js'
import { type NetworkRole, observeBatches } from './observe.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import type { MappedText } from './text/mapped-text.js'
import { loadVocab, type Vocab } from './text/vocab.js'
import { type Tokens, WordPiece } from './text/wordpiece.js'

/** Windows of tokens remembered of each network, about 200 bytes each. */
const CACHE_SIZE = 20_000

/** A network that is warm. */
export interface OpenNetwork {
  readonly artifact: Artifact
  readonly batcher: Batcher
}

/** The network of a second model, which waits for what a first one leaves in doubt. */
export interface OpenSecond extends SecondStage, OpenNetwork {}

/** A model that is warm, with the parts that its tokenizer and weights make. */
export interface OpenModel {
  readonly vocab: Vocab
  readonly encode: (text: MappedText) => Tokens
  /** The model's own, then that of a second one. */
  readonly networks: readonly OpenNetwork[]
  readonly classifier: Classifier
}

export interface ModelSurroundings {
  /** Of each network. */
  readonly threads: number
  readonly closers: Closers
  readonly logger: Logger
  readonly metrics?: Metrics | undefined
}

const openNetwork = async (
  artifact: Artifact,
  role: NetworkRole,
  { threads, closers, logger, metrics }: ModelSurroundings,
): Promise<OpenNetwork> => {
  const backend = await startOnnxBackend({
    modelPath: artifact.modelPath,
    threads,
    onRestart: (cause) =>
      logger.error(
        { model: artifact.versions.model, cause: cause.message },
        'an inference thread ended and is started again',
      ),
  })
  closers.add(() => backend.close())
  const hooks = metrics === undefined ? {} : { hooks: observeBatches(metrics, role) }
  const batcher = createBatcher(backend, {}, hooks)
  closers.add(() => batcher.close())
  return { artifact, batcher }
}

/**
 * Starts the threads of a second model, for `openModel`.
 * @throws ModelLoadError
 */
export const openSecond = async (
  stage: SecondStage,
  surroundings: ModelSurroundings,
): Promise<OpenSecond> => ({
  ...stage,
  ...(await openNetwork(stage.artifact, 'second', surroundings)),
})

/**
 * Starts the threads of a verified artifact, reads its tokenizer and weights, and warms it up.
 * @throws ModelLoadError
 */
export const openModel = async (
  artifact: Artifact,
  surroundings: ModelSurroundings,
  second?: OpenSecond,
): Promise<OpenModel> => {
  const { metrics } = surroundings
  const network = await openNetwork(artifact, 'first', surroundings)
  const vocab = await loadVocab(artifact.tokenizerPath)
  const wordPiece = new WordPiece(vocab)
  const encode = (text: MappedText): Tokens => wordPiece.encode(text)
  const linear = artifact.linear && (await loadLinear(artifact.linear))
  const classifier = createClassifier({
    artifact,
    encode,
    batcher: network.batcher,
    cacheSize: CACHE_SIZE,
    linear,
    second,
    onCache: (result) => metrics?.cache.inc({ result }),
    onRows: (decidedBy, rows) => metrics?.rows.inc({ decided_by: decidedBy }, rows),
  })
  return { vocab, encode, networks: second === undefined ? [network] : [network, second], classifier }
}
