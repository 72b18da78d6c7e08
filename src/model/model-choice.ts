import { ModelLoadError } from '../errors.js'
import { manifestDigest } from './manifest.js'
import { readPromotions } from './promotion-file.js'
import { currentOf, type Promotion } from './promotions.js'

/** What chose the model: a setting wins over a promotion, which wins over what ships. */
export type ChosenBy = '--model' | 'HAECHI_MODEL' | 'configuration' | 'promoted' | 'shipped'

/** The model that a process loads. */
export interface ModelChoice {
  /** Absolute. */
  readonly folder: string
  readonly by: ChosenBy
  /** When it is a promoted one. */
  readonly promotion?: Promotion
}

export interface ModelSettings {
  /** By a flag, a variable or the configuration file: then nothing else is looked at. */
  readonly given?: ModelChoice
  /** Path of the file of promotions. */
  readonly promotions: string
  /** Folder of the model that ships. */
  readonly shipped: string
  /** Absolute path of the package. */
  readonly packageRoot: string
}

/** Throws `ModelLoadError` when the file of promotions is needed and cannot be read. */
export async function chooseModel(settings: ModelSettings): Promise<ModelChoice> {
  const { given, promotions, shipped, packageRoot } = settings
  if (given !== undefined) return given
  const promotion = currentOf(await readPromotions(promotions, packageRoot))
  return promotion === undefined
    ? { folder: shipped, by: 'shipped' }
    : { folder: promotion.folder, by: 'promoted', promotion }
}

/** Throws `ModelLoadError` when the folder holds another artifact than the one that was promoted. */
export async function requirePromoted({ folder, manifestSha256 }: Promotion): Promise<void> {
  if ((await manifestDigest(folder)) === manifestSha256) return
  throw new ModelLoadError(
    `${folder} holds another model than the one that was promoted: verify and promote it again`,
  )
}

/** Runs what needs the chosen model; when a promoted one is refused, the error says how to go back. */
export async function withChosen<T>({ promotion }: ModelChoice, work: () => Promise<T>): Promise<T> {
  try {
    if (promotion !== undefined) await requirePromoted(promotion)
    return await work()
  } catch (error) {
    if (promotion === undefined || !(error instanceof ModelLoadError)) throw error
    throw new ModelLoadError(
      `the promoted model ${promotion.id}@${promotion.version} cannot be used: go back with ` +
        `\`haechi model rollback\`, or promote another one (\`haechi model list\`)\n  ${error.message}`,
      { cause: error },
    )
  }
}
