import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { reasonOf } from './errors.js'
import { type ArtifactSummary, summarise } from './model/artifact-summary.js'
import {
  type ChosenBy,
  chooseModel,
  chooseSecond,
  type ModelChoice,
  type ModelSettings,
  requirePromoted,
  type SecondChoice,
} from './model/model-choice.js'
import { artifactFolders, type Place } from './model/model-places.js'
import { readPromotions } from './model/promotion-file.js'
import { currentOf, type Promotion, type Promotions, previousOf } from './model/promotions.js'
import { describedStage } from './model/second-stage.js'
import { CANONICALISER_VERSION } from './text/views.js'

/** A folder of a model; without a summary when its manifest cannot be read. */
export interface ListedModel extends Partial<ArtifactSummary> {
  readonly folder: string
  /** `elsewhere` is a folder that was promoted or set by its path. */
  readonly place: Place['kind'] | 'elsewhere'
  /** Whether this Haechi makes the views that it was trained on. */
  readonly fits: boolean
  /** A worker loads it. */
  readonly current: boolean
  /** A worker asks it what the current one leaves in doubt. */
  readonly second: boolean
  /** A rollback goes to it. */
  readonly previous: boolean
  /** Why a worker would refuse it, as far as can be seen without verifying it. */
  readonly problem?: string
}

/** Everything that can be told without loading a model. */
export interface ModelList {
  /** Absent when the file of promotions cannot be read. */
  readonly current?: { readonly folder: string; readonly by: ChosenBy }
  /** Absent when there is none. */
  readonly second?: SecondChoice
  /** What is wrong with the file of promotions. */
  readonly problem?: string
  readonly models: readonly ListedModel[]
  readonly places: readonly (Place & { readonly exists: boolean })[]
  /** Oldest first, those included that were rolled back. */
  readonly promotions: Promotions
}

type Found = readonly [folder: string, place: ListedModel['place']]

interface Standing {
  readonly current: ModelChoice | undefined
  readonly second: SecondChoice | undefined
  readonly previous: string | undefined
}

const versionOf = ({ version = '' }: ListedModel): readonly number[] => version.split('.').map(Number)

/** By name, then by version; those without a name last. */
const byName = (one: ListedModel, other: ListedModel): number => {
  const unnamed = Number(one.id === undefined) - Number(other.id === undefined)
  const names = (one.id ?? '').localeCompare(other.id ?? '', 'en')
  const [a, b] = [versionOf(one), versionOf(other)]
  return unnamed || names || a.map((part, i) => part - (b[i] ?? 0)).find((gap) => gap !== 0) || 0
}

/** Why the model in a folder cannot come after the current one. */
export const misfitOf = async (
  folder: string,
  current: Pick<ModelChoice, 'folder'> | undefined,
): Promise<string | undefined> => {
  if (current === undefined) return undefined
  return describedStage(current.folder, folder).then(() => undefined, reasonOf)
}

const problemOf = async (
  { missing, canonicaliser }: ArtifactSummary,
  promotion: Promotion | undefined,
): Promise<string | undefined> => {
  if (missing.length > 0) return `${missing.join(', ')} missing: restore the folder from its release`
  if (canonicaliser !== CANONICALISER_VERSION)
    return `trained with canonicaliser ${canonicaliser}, this Haechi has ${CANONICALISER_VERSION}`
  if (promotion === undefined) return undefined
  return requirePromoted(promotion).then(() => undefined, reasonOf)
}

const listed = async (
  [folder, place]: Found,
  { current, second, previous }: Standing,
): Promise<ListedModel> => {
  const isCurrent = folder === current?.folder
  const isSecond = folder === second?.folder
  const roles = { current: isCurrent, second: isSecond, previous: folder === previous }
  try {
    const summary = await summarise(folder)
    const problem =
      (await problemOf(summary, isCurrent ? current?.promotion : undefined)) ??
      (isSecond ? await misfitOf(folder, current) : undefined)
    const fits = summary.canonicaliser === CANONICALISER_VERSION
    return { ...summary, folder, place, fits, ...roles, ...(problem === undefined ? {} : { problem }) }
  } catch (error) {
    return { folder, place, fits: false, ...roles, problem: reasonOf(error) }
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true

const foldersOf = async (places: readonly Place[], others: readonly string[]): Promise<readonly Found[]> => {
  const placed = await Promise.all(
    places.map(async (place) =>
      (await artifactFolders(place)).map((folder) => [folder, place.kind] as const),
    ),
  )
  const found = new Map<string, ListedModel['place']>(placed.flat())
  for (const folder of others) if (!found.has(folder)) found.set(folder, 'elsewhere')
  return [...found]
}

const attempt = async <T>(work: () => Promise<T>): Promise<{ value?: T; problem?: string }> =>
  work().then(
    (value) => ({ value }),
    (error: unknown) => ({ problem: reasonOf(error) }),
  )

/** The models of the places, and those that settings and promotions name; a damaged one is listed as such. */
export const modelList = async (settings: ModelSettings, places: readonly Place[]): Promise<ModelList> => {
  const { value: promotions = [], problem } = await attempt(() =>
    readPromotions(settings.promotions, settings.packageRoot),
  )
  const current = (await attempt(() => chooseModel(settings))).value
  const previous = currentOf(promotions) && (previousOf(promotions)?.folder ?? settings.shipped)
  const second = current && chooseSecond(settings, current)
  const others = [current, second, currentOf(promotions)].flatMap((each) =>
    each === undefined ? [] : [each.folder],
  )
  const found = await foldersOf(places, [...others, ...(previous === undefined ? [] : [previous])])
  const models = await Promise.all(found.map((each) => listed(each, { current, second, previous })))
  return {
    ...(current === undefined ? {} : { current: { folder: current.folder, by: current.by } }),
    ...(second === undefined ? {} : { second }),
    ...(problem === undefined ? {} : { problem }),
    models: models.toSorted(byName),
    places: await Promise.all(
      places.map(async ({ kind, folder }) => ({
        kind,
        folder: resolve(folder),
        exists: await isFolder(folder),
      })),
    ),
    promotions,
  }
}
