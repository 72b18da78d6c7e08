import { resolve } from 'node:path'
import { openModel } from './app-model.js'
import type { Closers } from './closers.js'
import type { Config } from './config-schema.js'
import { REMEMBER_NOTHING, withFilters } from './filtered-judge.js'
import { type Judge, MessageJudge } from './judging.js'
import type { Batcher } from './model/batcher.js'
import type { Classifier } from './model/classifier.js'
import { type Artifact, loadArtifact } from './model/manifest.js'
import { chooseModel, type ModelChoice, type ModelSettings, withChosen } from './model/model-choice.js'
import { promotionFile } from './model/promotion-file.js'
import { packageRoot } from './package-root.js'
import { type ChannelSettings, DEFAULT_CHANNEL_SETTINGS, mergeSettings } from './policy/channel-settings.js'
import { type ChannelLookup, createChannels } from './policy/channels.js'
import { DEFAULT_TERMS } from './policy/default-terms.js'
import { createRecentMessages, RECENT_LIMITS } from './recent-messages.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import type { MappedText } from './text/mapped-text.js'
import { CANONICALISER_VERSION } from './text/views.js'
import type { Vocab } from './text/vocab.js'
import type { Tokens } from './text/wordpiece.js'

export const SHIPPED_MODEL = 'models/cnn-bilstm/3.0.0'

export interface Judging {
  readonly artifact: Artifact
  readonly choice: ModelChoice
  readonly vocab: Vocab
  readonly encode: (text: MappedText) => Tokens
  readonly batcher: Batcher
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

/** What decides which model is loaded. */
export const modelSettings = (
  { model: { path }, data, origins }: Config,
  root: string = packageRoot,
): ModelSettings => {
  const from = origins?.get('model.path')
  const by = from === '--model' || from === 'HAECHI_MODEL' ? from : 'configuration'
  return {
    ...(path === undefined ? {} : { given: { folder: resolve(path), by } }),
    promotions: promotionFile(data),
    shipped: resolve(root, SHIPPED_MODEL),
    packageRoot: root,
  }
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
  const choice = await chooseModel(modelSettings(config))
  const { artifact, vocab, encode, batcher, classifier } = await withChosen(choice, async () => {
    const verified = await loadArtifact(choice.folder, { canonicaliser: CANONICALISER_VERSION })
    const { threads } = config.model
    return { artifact: verified, ...(await openModel(verified, { threads, closers, logger, metrics })) }
  })
  logger.info(
    { model: artifact.versions.model, folder: choice.folder, chosenBy: choice.by },
    'the model is loaded',
  )
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
    choice,
    vocab,
    encode,
    batcher,
    classifier,
    channels,
    judge: withFilters(unfiltered, channels, REMEMBER_NOTHING),
    streamJudge: withFilters(unfiltered, channels, recall),
  }
}
