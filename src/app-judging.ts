import { resolve } from 'node:path'
import { type OpenModel, openModel, openSecond } from './app-model.js'
import type { Closers } from './closers.js'
import type { Config } from './config-schema.js'
import type { Versions } from './domain/verdict.js'
import { REMEMBER_NOTHING, withFilters } from './filtered-judge.js'
import { type Judge, MessageJudge } from './judging.js'
import { type Artifact, loadArtifact } from './model/manifest.js'
import {
  chooseModel,
  chooseSecond,
  type ModelChoice,
  type ModelSettings,
  type SecondChoice,
  withChosen,
} from './model/model-choice.js'
import { promotionFile } from './model/promotion-file.js'
import { type SecondStage, secondStageOf } from './model/second-stage.js'
import { packageRoot } from './package-root.js'
import { type ChannelSettings, DEFAULT_CHANNEL_SETTINGS, mergeSettings } from './policy/channel-settings.js'
import { type ChannelLookup, createChannels } from './policy/channels.js'
import { DEFAULT_TERMS } from './policy/default-terms.js'
import { createRecentMessages, RECENT_LIMITS } from './recent-messages.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import { CANONICALISER_VERSION } from './text/views.js'

export const SHIPPED_MODEL = 'models/cnn-bilstm/6.1.0'
/** Comes after the one that ships, where no setting says otherwise. */
export const SHIPPED_SECOND_MODEL = 'models/bert-small/3.1.0'

export interface Judging extends OpenModel {
  readonly choice: ModelChoice
  /** Of all models that are asked. */
  readonly versions: Omit<Versions, 'rules'>
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

const givenOf = ({ model: { path }, origins }: Config): Pick<ModelSettings, 'given'> => {
  const from = origins?.get('model.path')
  const by = from === '--model' || from === 'HAECHI_MODEL' ? from : 'configuration'
  return path === undefined ? {} : { given: { folder: resolve(path), by } }
}

const givenSecondOf = ({ model: { second }, origins }: Config): Pick<ModelSettings, 'givenSecond'> => {
  if (second === undefined) return {}
  if (second === 'none') return { givenSecond: second }
  const from = origins?.get('model.second')
  const by = from === '--second-model' || from === 'HAECHI_SECOND_MODEL' ? from : 'configuration'
  return { givenSecond: { folder: resolve(second), by } }
}

/** What decides which models are loaded. */
export const modelSettings = (config: Config, root: string = packageRoot): ModelSettings => ({
  ...givenOf(config),
  promotions: promotionFile(config.data),
  shipped: resolve(root, SHIPPED_MODEL),
  packageRoot: root,
  ...givenSecondOf(config),
  shippedSecond: resolve(root, SHIPPED_SECOND_MODEL),
})

const load = (folder: string): Promise<Artifact> =>
  loadArtifact(folder, { canonicaliser: CANONICALISER_VERSION })

/**
 * The chosen second model, after the first.
 * @throws ModelLoadError
 */
export const loadSecond = async (
  first: Artifact,
  choice: SecondChoice | undefined,
): Promise<SecondStage | undefined> =>
  choice === undefined ? undefined : secondStageOf(first, await load(choice.folder))

const showModel = (metrics: Metrics, { id, version, sha256, precision }: Artifact): void =>
  metrics.modelInfo.set({ model: id, version, sha256: sha256.slice(0, 12), precision }, 1)

/** The models that settings choose, warm. What is wrong with a second one is not laid to a promoted first one. */
const openChosen = async (config: Config, closers: Closers, logger: Logger, metrics?: Metrics) => {
  const settings = modelSettings(config)
  const surroundings = { threads: config.model.threads, closers, logger, metrics }
  const choice = await chooseModel(settings)
  const first = await withChosen(choice, () => load(choice.folder))
  const secondChoice = chooseSecond(settings, choice)
  const stage = await loadSecond(first, secondChoice)
  const second = stage && (await openSecond(stage, surroundings))
  const open = await withChosen(choice, () => openModel(first, surroundings, second))
  const { thresholds, versions } = second ?? first
  logger.info(
    {
      model: versions.model,
      folder: choice.folder,
      chosenBy: choice.by,
      ...(secondChoice && { secondFolder: secondChoice.folder, secondChosenBy: secondChoice.by }),
    },
    'the model is loaded',
  )
  return { choice, open, thresholds, versions }
}

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
  const { choice, open, thresholds, versions } = await openChosen(config, closers, logger, metrics)
  const channels = channelsOf(config)
  const unfiltered = new MessageJudge({
    classifier: open.classifier,
    thresholds,
    versions,
    channels,
    onStage: (stage, seconds) => metrics?.stage.observe({ stage }, seconds),
  })
  if (metrics !== undefined) for (const { artifact } of open.networks) showModel(metrics, artifact)
  const recall = createRecentMessages({
    ...RECENT_LIMITS,
    onSize: (messages) => metrics?.recentMessages.set(messages),
  })
  return {
    ...open,
    choice,
    versions,
    channels,
    judge: withFilters(unfiltered, channels, REMEMBER_NOTHING),
    streamJudge: withFilters(unfiltered, channels, recall),
  }
}
