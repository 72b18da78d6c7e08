import type { Emote } from '../domain/message.js'
import { scoredViews } from './scored-views.js'
import { renderText } from './special-tokens.js'
import { makeViews } from './views.js'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmote = (value: unknown): value is Emote =>
  isObject(value) && typeof value.start === 'number' && typeof value.end === 'number'

/**
 * One line of the training's exchange: a JSON object `{text, kind?, emotes?}` in, a JSON array of
 * `[name, view, ...passages, ...windows]` out, rendered, what the view reads and what of it is scored: `[]` where the
 * canonical view is a lone letter, which is not scored. Throws SyntaxError or TypeError for a line that is none.
 */
export const renderLine = (line: string): string => {
  const input: unknown = JSON.parse(line)
  if (!isObject(input) || typeof input.text !== 'string')
    throw new TypeError('a line must be a JSON object with a string `text`')
  const emotes = Array.isArray(input.emotes) ? input.emotes.filter(isEmote) : []
  const kind = input.kind === 'board' ? 'board' : 'chat'
  const { views } = makeViews({ text: input.text, emotes, kind })
  return JSON.stringify(
    scoredViews(views).map(({ name, text, passages, windows }) => [
      name,
      ...[text, ...passages, ...windows].map(renderText),
    ]),
  )
}
