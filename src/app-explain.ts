import { openJudging } from './app-judging.js'
import { createClosers } from './closers.js'
import type { Config } from './config-schema.js'
import { createExplainer, type Explainer } from './explaining.js'
import type { Logger } from './telemetry/logger.js'
import { loadVocab, piecesOf } from './text/vocab.js'
import { WordPiece } from './text/wordpiece.js'

export interface OpenExplainer extends Explainer {
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
    const { artifact, ...judging } = await openJudging(config, closers, logger)
    const vocab = await loadVocab(artifact.tokenizerPath)
    const wordPiece = new WordPiece(vocab)
    const explainer = createExplainer({
      ...judging,
      encode: (text) => wordPiece.encode(text),
      pieceOf: piecesOf(vocab),
    })
    return { ...explainer, close: () => closers.closeAll() }
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}
