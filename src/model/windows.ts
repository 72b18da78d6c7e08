import type { Tokens } from '../text/wordpiece.js'
import type { WindowSize } from './manifest.js'

/** Windows of at most `tokens` tokens over all of the text, `stride` apart; a text without tokens has none. */
export function windowsOf({ ids, starts, ends }: Tokens, { tokens, stride }: WindowSize): Tokens[] {
  if (ids.length === 0) return []
  if (ids.length <= tokens) return [{ ids, starts, ends }]
  const count = 1 + Math.ceil((ids.length - tokens) / stride)
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index * stride, index * stride + tokens]
    return { ids: ids.slice(from, to), starts: starts.slice(from, to), ends: ends.slice(from, to) }
  })
}
