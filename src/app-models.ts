import { dirname, join, resolve } from 'node:path'
import { modelSettings } from './app-judging.js'
import { findingOf, type Verification, verifyModel, verifySecond } from './app-model-check.js'
import { type ModelList, misfitOf, modelList } from './app-model-list.js'
import type { Config } from './config-schema.js'
import { ModelLoadError, UnavailableError, UsageError } from './errors.js'
import { manifestDigest, readManifest } from './model/manifest.js'
import {
  type ChosenBy,
  chooseModel,
  chooseSecond,
  type ModelChoice,
  type ModelSettings,
  requirePromoted,
  type SecondChoice,
} from './model/model-choice.js'
import { type Place, resolveModel, SHIPPED_PLACE } from './model/model-places.js'
import { changePromotions, readPromotions } from './model/promotion-file.js'
import {
  currentOf,
  isSame,
  type Promotion,
  type Promotions,
  previousOf,
  withPromoted,
  withRolledBack,
} from './model/promotions.js'
import { packageRoot } from './package-root.js'

/** What a promotion or a rollback came to. */
export interface Change {
  /** `id@version` that workers load from their next start on. */
  readonly model: string
  readonly folder: string
  readonly by: 'promoted' | 'shipped'
  /** False when it was current already. */
  readonly changed: boolean
  /** `id@version` of the promoted one before; absent when it was the shipped one. */
  readonly replaced?: string
  /** The setting that wins over promotions in the process that was asked; workers may have it too. */
  readonly overriddenBy?: ChosenBy
  /** Why the second model that a setting names here cannot be asked after this one; workers with it will not start. */
  readonly unfitSecond?: string
}

/** The models of an operator. */
export interface Models {
  /** What is wrong is part of the list. */
  list(): Promise<ModelList>
  /**
   * Of a folder or `id@version`; without, of what a worker loads, a second model too. What is wrong is part of the
   * answer.
   */
  verify(given?: string): Promise<Verification>
  /** @throws ModelLoadError when it is not there or not healthy, UnavailableError */
  promote(given: string): Promise<Change>
  /** @throws ModelLoadError, UnavailableError; UsageError when nothing is promoted */
  rollback(): Promise<Change>
}

export interface ModelsOptions {
  readonly now?: () => Date
  /** Absolute path of the package, with the models that ship. */
  readonly root?: string
}

const nameOf = ({ id, version }: Pick<Promotion, 'id' | 'version'>): string => `${id}@${version}`

const failuresOf = ({ findings }: Verification): string =>
  findings
    .flatMap(({ name, status, detail }) => (status === 'failure' ? `  - ${name}: ${detail}` : []))
    .join('\n')

type Verifiable = Pick<ModelChoice, 'folder' | 'promotion'>

/** As verified, and for a promoted model that it is still the one that was promoted. */
const verifyChosen = async ({ folder, promotion }: Verifiable): Promise<Verification> => {
  const verification = await verifyModel(folder)
  if (promotion === undefined || verification.model === undefined) return verification
  const pin = await findingOf('promotion', async () => {
    await requirePromoted(promotion)
    return `as promoted ${promotion.promotedAt}`
  })
  return {
    ...verification,
    healthy: verification.healthy && pin.status === 'ok',
    findings: [...verification.findings, pin],
  }
}

/** What the four actions share. */
interface Registry {
  readonly settings: ModelSettings
  readonly places: readonly Place[]
  readonly now: () => Date
}

const changed = (
  { promotions, packageRoot: root }: ModelSettings,
  change: (promotions: Promotions) => Promotions,
): Promise<Promotions> => changePromotions(promotions, change, { root })

const overriddenBy = ({ given }: ModelSettings): Pick<Change, 'overriddenBy'> =>
  given === undefined ? {} : { overriddenBy: given.by }

const unfitSecond = async (
  { given, givenSecond }: ModelSettings,
  folder: string,
): Promise<Pick<Change, 'unfitSecond'>> => {
  if (given !== undefined || givenSecond === undefined || givenSecond === 'none') return {}
  const misfit = await misfitOf(givenSecond.folder, { folder })
  return misfit === undefined ? {} : { unfitSecond: misfit }
}

const replacing = (replaced: Promotion | undefined): Pick<Change, 'replaced'> =>
  replaced === undefined ? {} : { replaced: nameOf(replaced) }

/** What is looked at: a model, and one that is asked after it. */
interface Looked {
  readonly choice: Verifiable
  readonly second?: SecondChoice | undefined
}

const whatLoads = async (settings: ModelSettings): Promise<Looked> => {
  const choice = await chooseModel(settings)
  return { choice, second: chooseSecond(settings, choice) }
}

const verify = async ({ settings, places }: Registry, given?: string): Promise<Verification> => {
  let looked: Looked | undefined
  const found = await findingOf('folder', async () => {
    looked =
      given === undefined
        ? await whatLoads(settings)
        : { choice: { folder: await resolveModel(given, places) } }
    return looked.choice.folder
  })
  if (looked === undefined) return { healthy: false, folder: given ?? settings.promotions, findings: [found] }
  const { choice, second } = looked
  const verification = await verifyChosen(choice)
  return second === undefined ? verification : verifySecond(verification, second.folder)
}

const promote = async ({ settings, places, now }: Registry, given: string): Promise<Change> => {
  const folder = await resolveModel(given, places)
  const manifestSha256 = await manifestDigest(folder)
  const verification = await verifyModel(folder)
  if (!verification.healthy)
    throw new ModelLoadError(
      `${folder} is not promoted, and nothing has changed; \`haechi model verify\` finds:\n${failuresOf(verification)}`,
    )
  const { id, version } = await readManifest(folder)
  const promotion: Promotion = { id, version, folder, manifestSha256, promotedAt: now().toISOString() }
  // Nobody has put another one there while this one was verified.
  await requirePromoted(promotion)
  let before: Promotion | undefined
  await changed(settings, (promotions) => {
    before = currentOf(promotions)
    return withPromoted(promotions, promotion)
  })
  return {
    model: nameOf(promotion),
    folder,
    by: 'promoted',
    changed: !isSame(before, promotion),
    ...replacing(before),
    ...overriddenBy(settings),
    ...(await unfitSecond(settings, folder)),
  }
}

/** What a rollback goes to, verified. */
const targetOf = async (
  promotion: Promotion | undefined,
  shipped: string,
): Promise<Pick<Change, 'model' | 'folder' | 'by'>> => {
  const folder = promotion?.folder ?? shipped
  const verification = await verifyChosen({ folder, ...(promotion === undefined ? {} : { promotion }) })
  const model = promotion === undefined ? (verification.model ?? folder) : nameOf(promotion)
  if (verification.healthy) return { model, folder, by: promotion === undefined ? 'shipped' : 'promoted' }
  throw new ModelLoadError(
    `the model before, ${model}, cannot be used, and nothing has changed: restore it, or promote another one ` +
      `(\`haechi model list\`)\n${failuresOf(verification)}`,
  )
}

const rollback = async ({ settings, now }: Registry): Promise<Change> => {
  const promotions = await readPromotions(settings.promotions, settings.packageRoot)
  const current = currentOf(promotions)
  if (current === undefined)
    throw new UsageError('nothing is promoted: there is nothing to go back to; see `haechi model list`')
  const target = await targetOf(previousOf(promotions), settings.shipped)
  await changed(settings, (found) => {
    if (isSame(currentOf(found), current) && isSame(previousOf(found), previousOf(promotions)))
      return withRolledBack(found, now().toISOString())
    throw new UnavailableError(
      'another process has changed what is promoted meanwhile: see `haechi model list`, and try again',
    )
  })
  return {
    ...target,
    changed: true,
    ...replacing(current),
    ...overriddenBy(settings),
    ...(await unfitSecond(settings, target.folder)),
  }
}

/** `haechi model`: over the models that ship, the operator's own folder, and the file of promotions. */
export const createModels = (
  config: Config,
  { now = () => new Date(), root = packageRoot }: ModelsOptions = {},
): Models => {
  const settings = modelSettings(config, root)
  const own = config.models ?? join(dirname(settings.promotions), 'models')
  const places: readonly Place[] = [
    { kind: 'shipped', folder: join(root, SHIPPED_PLACE) },
    { kind: 'own', folder: resolve(own) },
  ]
  const registry: Registry = { settings, places, now }
  return {
    list: () => modelList(settings, places),
    verify: (given) => verify(registry, given),
    promote: (given) => promote(registry, given),
    rollback: () => rollback(registry),
  }
}
