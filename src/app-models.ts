import { dirname, join, resolve } from 'node:path'
import { modelSettings, SHIPPED_MODEL } from './app-judging.js'
import { findingOf, type Verification, verifyModel } from './app-model-check.js'
import { type ModelList, modelList } from './app-model-list.js'
import type { Config } from './config-schema.js'
import { ModelLoadError, UnavailableError, UsageError } from './errors.js'
import { manifestDigest, readManifest } from './model/manifest.js'
import { type ChosenBy, chooseModel, type ModelChoice, requirePromoted } from './model/model-choice.js'
import { type Place, resolveModel } from './model/model-places.js'
import { changePromotions, readPromotions } from './model/promotion-file.js'
import {
  currentOf,
  isSame,
  type Promotion,
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
}

/** The models of an operator. */
export interface Models {
  /** What is wrong is part of the list. */
  list(): Promise<ModelList>
  /** Of a folder or `id@version`; without, of the one that a worker loads. What is wrong is part of the answer. */
  verify(given?: string): Promise<Verification>
  /** @throws ModelLoadError when it is not there or not healthy, UnavailableError */
  promote(given: string): Promise<Change>
  /** @throws ModelLoadError, UnavailableError; UsageError when nothing is promoted */
  rollback(): Promise<Change>
}

export interface ModelsOptions {
  readonly now?: () => Date
  /** Where models ship, and which of them is the default. */
  readonly shipped?: { readonly place: string; readonly folder: string }
}

const SHIPPED = { place: join(packageRoot, 'models'), folder: resolve(packageRoot, SHIPPED_MODEL) }

export const nameOf = ({ id, version }: Pick<Promotion, 'id' | 'version'>): string => `${id}@${version}`

const failuresOf = ({ findings }: Verification): string =>
  findings
    .flatMap(({ name, status, detail }) => (status === 'failure' ? `  - ${name}: ${detail}` : []))
    .join('\n')

/** As verified, and for a promoted model that it is still the one that was promoted. */
const verifyChosen = async ({
  folder,
  promotion,
}: Pick<ModelChoice, 'folder' | 'promotion'>): Promise<Verification> => {
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

/** `haechi model`. */
export const createModels = (
  config: Config,
  { now = () => new Date(), shipped = SHIPPED }: ModelsOptions = {},
): Models => {
  const settings = modelSettings(config, shipped.folder)
  const own =
    config.models === undefined ? join(dirname(settings.promotions), 'models') : resolve(config.models)
  const places: readonly Place[] = [
    { kind: 'shipped', folder: shipped.place },
    { kind: 'own', folder: own },
  ]
  const file = settings.promotions
  const overridden = settings.given === undefined ? {} : { overriddenBy: settings.given.by }
  const replacing = (replaced: Promotion | undefined) =>
    replaced === undefined ? {} : { replaced: nameOf(replaced) }

  const folderOf = async (given: string): Promise<Pick<ModelChoice, 'folder'>> => ({
    folder: await resolveModel(given, places),
  })

  const verify = async (given?: string): Promise<Verification> => {
    let choice: Pick<ModelChoice, 'folder' | 'promotion'> | undefined
    const found = await findingOf('folder', async () => {
      choice = await (given === undefined ? chooseModel(settings) : folderOf(given))
      return choice.folder
    })
    if (choice !== undefined) return verifyChosen(choice)
    return { healthy: false, folder: given ?? settings.shipped, findings: [found] }
  }

  const promote = async (given: string): Promise<Change> => {
    const folder = await resolveModel(given, places)
    const manifestSha256 = await manifestDigest(folder)
    const verification = await verifyModel(folder)
    if (!verification.healthy)
      throw new ModelLoadError(
        `${folder} is not promoted, and nothing has changed; \`haechi model verify\` finds:\n${failuresOf(verification)}`,
      )
    const { id, version } = await readManifest(folder)
    const promotion: Promotion = { id, version, folder, manifestSha256, promotedAt: now().toISOString() }
    await requirePromoted(promotion)
    let before: Promotion | undefined
    await changePromotions(file, (promotions) => {
      before = currentOf(promotions)
      return withPromoted(promotions, promotion)
    })
    const changed = !isSame(before, promotion)
    return { model: nameOf(promotion), folder, by: 'promoted', changed, ...replacing(before), ...overridden }
  }

  const rollback = async (): Promise<Change> => {
    const promotions = await readPromotions(file)
    const current = currentOf(promotions)
    if (current === undefined)
      throw new UsageError('nothing is promoted: there is nothing to go back to; see `haechi model list`')
    const promotion = previousOf(promotions)
    const target: ModelChoice =
      promotion === undefined
        ? { folder: shipped.folder, by: 'shipped' }
        : { folder: promotion.folder, by: 'promoted', promotion }
    const verification = await verifyChosen(target)
    const { healthy, model = target.folder } = verification
    if (!healthy)
      throw new ModelLoadError(
        `the model before, ${promotion === undefined ? model : nameOf(promotion)}, cannot be used, and nothing has ` +
          'changed: restore it, or promote another one (`haechi model list`)\n' +
          failuresOf(verification),
      )
    await changePromotions(file, (found) => {
      if (currentOf(found)?.promotedAt === current.promotedAt && isSame(currentOf(found), current))
        return withRolledBack(found, now().toISOString())
      throw new UnavailableError(
        'another process has changed what is promoted meanwhile: see `haechi model list`, and try again',
      )
    })
    const by = promotion === undefined ? 'shipped' : 'promoted'
    return { model, folder: target.folder, by, changed: true, replaced: nameOf(current), ...overridden }
  }

  return { list: () => modelList(settings, places), verify, promote, rollback }
}
