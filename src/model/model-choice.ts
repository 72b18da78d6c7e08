import { ModelLoadError } from '../errors.js'
import { manifestDigest } from './manifest.js'
import { readPromotions } from './promotion-file.js'
import { currentOf, type Promotion } from './promotions.js'

/** What chose the model: a setting wins over a promotion, which wins over what ships. */
export type ChosenBy = '--model' | 'HAECHI_MODEL' | 'configuration' | 'promoted' | 'shipped'

/** The same of a second model, which nothing promotes. */
export type SecondChosenBy = '--second-model' | 'HAECHI_SECOND_MODEL' | 'configuration' | 'shipped'

/** The second model that a process loads. */
export interface SecondChoice {
  /** Absolute. */
  readonly folder: string
  readonly by: SecondChosenBy
}

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
  /** A second model by a setting, or that there is to be none; without, the one that ships. */
  readonly givenSecond?: SecondChoice | 'none'
  /** Folder of the second model that ships; only the one that ships goes before it. */
  readonly shippedSecond?: string
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

/** What is asked about what the chosen model leaves in doubt. */
export function chooseSecond(
  { givenSecond, shippedSecond }: Pick<ModelSettings, 'givenSecond' | 'shippedSecond'>,
  { by }: Pick<ModelChoice, 'by'>,
): SecondChoice | undefined {
  if (givenSecond !== undefined) return givenSecond === 'none' ? undefined : givenSecond
  return by === 'shipped' && shippedSecond !== undefined ? { folder: shippedSecond, by } : undefined
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
