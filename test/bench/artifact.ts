import { loadSecond, modelSettings } from '../../src/app-judging.js'
import { loadConfig } from '../../src/config.js'
import type { Config } from '../../src/config-schema.js'
import { type Artifact, loadArtifact } from '../../src/model/manifest.js'
import { chooseSecond, type ModelChoice } from '../../src/model/model-choice.js'
import type { SecondStage } from '../../src/model/second-stage.js'
import { CANONICALISER_VERSION } from '../../src/text/views.js'

/** What HAECHI_MODEL and HAECHI_SECOND_MODEL say, and nothing else of the environment. */
export const benchConfig = (): Config => {
  const { HAECHI_MODEL, HAECHI_SECOND_MODEL } = process.env
  return loadConfig({ env: { HAECHI_MODEL, HAECHI_SECOND_MODEL } })
}

/** Without HAECHI_MODEL the model that ships, whatever is promoted. */
const choiceOf = (config: Config): ModelChoice => {
  const { given, shipped } = modelSettings(config)
  return given ?? { folder: shipped, by: 'shipped' }
}

/** The model to measure. */
export const benchArtifact = (): Promise<Artifact> =>
  loadArtifact(choiceOf(benchConfig()).folder, { canonicaliser: CANONICALISER_VERSION })

/** The second model to measure after it, if there is one. */
export const benchSecond = (first: Artifact): Promise<SecondStage | undefined> => {
  const config = benchConfig()
  return loadSecond(first, chooseSecond(modelSettings(config), choiceOf(config)))
}
