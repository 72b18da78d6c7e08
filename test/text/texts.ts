import type { Emote } from '../../src/domain/message.js'
import { decodeText } from '../../src/text/decode-text.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { renderText } from '../../src/text/special-tokens.js'
import { makeViews } from '../../src/text/views.js'

/** A text mapped to itself. */
export const mapped = (raw: string): MappedText => decodeText(raw, 10_000).text

/** What a step makes of a string. */
export const after = (step: (text: MappedText) => MappedText, raw: string): string =>
  renderText(step(mapped(raw)))

/** The views of a chat line by name, rendered. */
export const viewsOf = (text: string, emotes: readonly Emote[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(
    makeViews({ text, emotes, kind: 'chat' }).views.map((view) => [view.name, renderText(view.text)]),
  )

/** The raw code points that the first `part` of a view came from; nothing where the view has none. */
export const rawOf = (view: MappedText, raw: string, part: string): string => {
  const codePoints = Array.from(part, (letter) => letter.codePointAt(0))
  const at = view.codePoints.findIndex((_, i) =>
    codePoints.every((code, k) => view.codePoints[i + k] === code),
  )
  if (at < 0) return ''
  const last = at + codePoints.length - 1
  return Array.from(raw).slice(view.starts[at], view.ends[last]).join('')
}
