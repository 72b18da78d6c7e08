import { openJudging } from './app-judging.js'
import { createClosers } from './closers.js'
import type { Config } from './config-schema.js'
import { createExplainer, type Explainer } from './explaining.js'
import type { ModelChoice } from './model/model-choice.js'
import type { Logger } from './telemetry/logger.js'
import { piecesOf } from './text/vocab.js'

export interface OpenExplainer extends Explainer {
  readonly choice: ModelChoice
  /** Safe to call twice. */
  close(): Promise<void>
}

/**
 * The judging stages, and what is needed to look into them.
 * @throws ModelLoadError
 */
export const openExplainer = async (config: Config, logger: Logger): Promise<OpenExplainer> => {
  const closers = createClosers()
  try {
    const { vocab, ...judging } = await openJudging(config, closers, logger)
    const explainer = createExplainer({ ...judging, pieceOf: piecesOf(vocab) })
    return { ...explainer, choice: judging.choice, close: () => closers.closeAll() }
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}
