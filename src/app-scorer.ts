import { openJudging } from './app-judging.js'
import { openEmbeddedStores } from './app-stores.js'
import { createClosers } from './closers.js'
import type { Config } from './config-schema.js'
import type { ModelChoice } from './model/model-choice.js'
import { createScorer, type Scorer } from './scoring.js'
import type { Logger } from './telemetry/logger.js'
import { createUserWindows } from './user-windows.js'

export interface OpenScorer extends Scorer {
  readonly choice: ModelChoice
  /** Safe to call twice. */
  close(): Promise<void>
}

/**
 * The judging stages without a stream; `withUsers` keeps same-user windows in memory.
 * @throws ModelLoadError
 */
export const openScorer = async (
  config: Config,
  { withUsers }: { readonly withUsers: boolean },
  logger: Logger,
): Promise<OpenScorer> => {
  const closers = createClosers()
  try {
    const { choice, judge, streamJudge, channels } = await openJudging(config, closers, logger)
    const store = withUsers ? openEmbeddedStores(config, channels, closers, { inMemory: true }).users : null
    const memory =
      store === null
        ? null
        : { store, windows: createUserWindows(streamJudge, (users) => store.fragments(users)) }
    return { ...createScorer(judge, memory), choice, close: () => closers.closeAll() }
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}
