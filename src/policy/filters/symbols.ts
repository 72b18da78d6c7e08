import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { isEmoji, isSymbol, isUnseen } from './characters.js'
import { isDrawing } from './drawings.js'
import { type FilterText, overShare } from './filter.js'

export interface SymbolsSettings {
  /** Symbols that a line must have. */
  readonly minSymbols: number
  /** Of everything that shows. */
  readonly share: number
}

export const DEFAULT_SYMBOLS: SymbolsSettings = { minSymbols: 12, share: 0.6 }

/**
 * Symbols as a share of what shows; a run of one character counts once, so that `??????`, `~~~~`, `<<<<` are
 * ordinary. Emoji, drawings and combining marks have filters of their own; jamo, decomposed too, are letters.
 */
export const findSymbols = (
  text: FilterText,
  { minSymbols, share }: SymbolsSettings,
): FilterEvidence | null => {
  let symbols = 0
  let shown = 0
  let before = -1
  for (const codePoint of text) {
    const isRepeat = codePoint === before
    before = codePoint
    if (isRepeat || isDrawing(codePoint) || isUnseen(codePoint)) continue
    shown += 1
    if (isSymbol(codePoint) && !isEmoji(codePoint)) symbols += 1
  }
  return symbols < minSymbols ? null : overShare('symbols', symbols / shown, share)
}
