import { z } from 'zod'
import { type Message, ROLES, type Role } from '../domain/message.js'
import { parseRfc3339 } from './envelope-time.js'

/** Ids become parts of keys and of decisions with twenty of them. */
const MAX_ID_LENGTH = 256

const id = z.string().min(1).max(MAX_ID_LENGTH)
const position = z.int().min(0)
const name = z.string().nullish().describe('defaults to the id')

/** The envelope of `chat.messages` and `board.posts`. Unknown fields are ignored; `null` counts as absent. */
export const envelopeSchema = z
  .object({
    id: id.describe("the source's own id, unique"),
    source: id.describe('twitch, board, chzzk, ...: board is judged as a post, everything else as chat'),
    channel: z.object({ id, name }).describe('where it was said'),
    author: z
      .object({
        id,
        name,
        roles: z
          .array(z.string())
          .nullish()
          .describe(`known: ${ROLES.join(', ')}; others are ignored`),
      })
      .describe('who said it'),
    text: z.string(),
    title: z.string().nullish().describe('of a board post'),
    emotes: z
      .array(z.object({ id: z.string(), start: position, end: position }))
      .nullish()
      .describe('half-open ranges of the text, in code points'),
    replyTo: z.string().nullish().describe('id of the message it answers'),
    sentAt: z.string().describe('RFC 3339, with a zone').meta({ format: 'date-time' }),
    lang: z.string().nullish(),
  })
  .describe('A chat line or board post, as Haechi reads it from Kafka')

/** The roles that Haechi knows, each once, in the order of `ROLES`. */
export const knownRoles = (roles: readonly string[]): readonly Role[] =>
  roles.length === 0 ? [] : ROLES.filter((role) => roles.includes(role))

/** The message of a valid envelope, or null when `sentAt` is not RFC 3339. */
export const toMessage = (envelope: z.infer<typeof envelopeSchema>): Message | null => {
  const sentAtMs = parseRfc3339(envelope.sentAt)
  if (sentAtMs === null) return null
  const { channel, author, title, replyTo, lang } = envelope
  return {
    id: envelope.id,
    source: envelope.source,
    channel: { id: channel.id, name: channel.name ?? channel.id },
    author: { id: author.id, name: author.name ?? author.id, roles: knownRoles(author.roles ?? []) },
    text: envelope.text,
    ...(typeof title === 'string' ? { title } : {}),
    emotes: envelope.emotes ?? [],
    ...(typeof replyTo === 'string' ? { replyTo } : {}),
    sentAt: envelope.sentAt,
    sentAtMs,
    ...(typeof lang === 'string' ? { lang } : {}),
  }
}
