import type { Message } from '../../../src/domain/message.js'
import { readText } from '../../../src/policy/filters/filter.js'

const AT = Date.parse('2026-05-01T12:00:00Z')

export const says = (text: string, fields: Partial<Message> = {}): Message => ({
  id: 'm',
  source: 'twitch',
  channel: { id: 'c', name: 'c' },
  author: { id: 'u', name: 'u', roles: [] },
  text,
  emotes: [],
  sentAt: '2026-05-01T12:00:00Z',
  sentAtMs: AT,
  ...fields,
})

/** The text as filters read it; every `word` in it is an emote. */
export const textOf = (text: string, word?: string) => {
  const emotes =
    word === undefined
      ? []
      : [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({
          id: word,
          start: Array.from(text.slice(0, index)).length,
          end: Array.from(text.slice(0, index)).length + word.length,
        }))
  return readText(says(text, { emotes }))
}
