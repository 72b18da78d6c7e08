import { append, createDraft, type MappedText, textOf } from './mapped-text.js'
import { isPrivateUse } from './special-tokens.js'

const REPLACEMENT = 0xfffd

const isReplaced = (codePoint: number): boolean =>
  (codePoint >= 0xd800 && codePoint <= 0xdfff) || (codePoint >= 0xe000 && isPrivateUse(codePoint))

/**
 * The first `limit` code points of `raw`, each mapped to itself. Lone surrogates and private-use code points
 * become U+FFFD, so that no input can pretend to be a special token. `isCut` when `raw` has more.
 */
export const decodeText = (raw: string, limit: number): { text: MappedText; isCut: boolean } => {
  const draft = createDraft()
  let unit = 0
  for (let i = 0; unit < raw.length && i < limit; i += 1) {
    const codePoint = raw.codePointAt(unit) ?? REPLACEMENT
    unit += codePoint > 0xffff ? 2 : 1
    append(draft, isReplaced(codePoint) ? REPLACEMENT : codePoint, i, i + 1)
  }
  return { text: textOf(draft), isCut: unit < raw.length }
}
