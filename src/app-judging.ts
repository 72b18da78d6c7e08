import { resolve } from 'node:path'
import type { Closers } from './closers.js'
import type { Config } from './config-schema.js'
import { REMEMBER_NOTHING, withFilters } from './filtered-judge.js'
import { type Judge, MessageJudge } from './judging.js'
import { createBatcher } from './model/batcher.js'
import { type Classifier, createClassifier } from './model/classifier.js'
import { loadLinear } from './model/linear.js'
import { type Artifact, loadArtifact } from './model/manifest.js'
import { startOnnxBackend } from './model/onnx-backend.js'
import { observeBatches } from './observe.js'
import { packageRoot } from './package-root.js'
import { type ChannelSettings, DEFAULT_CHANNEL_SETTINGS, mergeSettings } from './policy/channel-settings.js'
import { type ChannelLookup, createChannels } from './policy/channels.js'
import { DEFAULT_TERMS } from './policy/default-terms.js'
import { createRecentMessages, RECENT_LIMITS } from './recent-messages.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import type { MappedText } from './text/mapped-text.js'
import { CANONICALISER_VERSION } from './text/views.js'
import { loadVocab, type Vocab } from './text/vocab.js'
import { type Tokens, WordPiece } from './text/wordpiece.js'

export const SHIPPED_MODEL = 'models/cnn-bilstm/2.0.0'
/** Windows of tokens remembered, about 200 bytes each. */
const CACHE_SIZE = 20_000

export interface Judging {
  readonly artifact: Artifact
  readonly vocab: Vocab
  readonly encode: (text: MappedText) => Tokens
  readonly classifier: Classifier
  readonly channels: ChannelLookup
  /** For messages on their own. */
  readonly judge: Judge
  /** For a stream: remembers what each user said last. */
  readonly streamJudge: Judge
}

/** The key `default` changes what every channel has; other keys are channel ids. */
export const channelsOf = (config: Config): ChannelLookup => {
  const { default: shared = {}, ...own } = config.channels as Record<string, Partial<ChannelSettings>>
  const builtIn = { ...DEFAULT_CHANNEL_SETTINGS, terms: DEFAULT_TERMS }
  return createChannels(mergeSettings(builtIn, shared), own)
}

const showModel = (metrics: Metrics, { id, version, sha256, precision }: Artifact): void =>
  metrics.modelInfo.set({ model: id, version, sha256: sha256.slice(0, 12), precision }, 1)

/**
 * Loads and warms up the model, and puts text, model and rules together.
 * @throws ModelLoadError
 */
export const openJudging = async (
  config: Config,
  closers: Closers,
  logger: Logger,
  metrics?: Metrics,
): Promise<Judging> => {
  const folder =
    config.model.path === undefined ? resolve(packageRoot, SHIPPED_MODEL) : resolve(config.model.path)
  const artifact = await loadArtifact(folder, { canonicaliser: CANONICALISER_VERSION })
  const backend = await startOnnxBackend({
    modelPath: artifact.modelPath,
    threads: config.model.threads,
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
  const channels = channelsOf(config)
  const unfiltered = new MessageJudge({
    classifier,
    thresholds: artifact.thresholds,
    versions: artifact.versions,
    channels,
    onStage: (stage, seconds) => metrics?.stage.observe({ stage }, seconds),
  })
  if (metrics !== undefined) showModel(metrics, artifact)
  const recall = createRecentMessages({
    ...RECENT_LIMITS,
    onSize: (messages) => metrics?.recentMessages.set(messages),
  })
  return {
    artifact,
    vocab,
    encode,
    classifier,
    channels,
    judge: withFilters(unfiltered, channels, REMEMBER_NOTHING),
    streamJudge: withFilters(unfiltered, channels, recall),
  }
}
