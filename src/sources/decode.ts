import { toUSVString } from 'node:util'
import type { z } from 'zod'
import type { Message } from '../domain/message.js'
import { hasPollutingKey, parseJsonBytes } from './decode-json.js'
import { envelopeSchema, toMessage } from './envelope-schema.js'

export const MAX_VALUE_BYTES = 64 * 1024
export const MAX_AHEAD_MS = 24 * 60 * 60 * 1000

/** The dead-letter reasons that decoding can give. */
export type DecodeFailure = 'decode' | 'schema' | 'oversize'

export type Decoded =
  | { readonly kind: 'message'; readonly message: Message }
  | {
      readonly kind: 'dead-letter'
      readonly reason: DecodeFailure
      /** What is wrong and where; never quotes the record. */
      readonly detail: string
    }

/** The message in a record's value, or why it is none. Never throws. `nowMs` bounds `sentAt`. */
export const decode = (record: { readonly value: Buffer | null }, nowMs: number): Decoded => {
  const { value } = record
  if (value === null || value.length === 0) return deadLetter('decode', 'empty value')
  if (value.length > MAX_VALUE_BYTES) return deadLetter('oversize', `${value.length} bytes`)
  const parsed = parseJsonBytes(value)
  if (parsed.kind === 'invalid') return deadLetter('decode', parsed.detail)
  if (hasPollutingKey(parsed)) return deadLetter('schema', 'a key that names a prototype')
  const envelope = envelopeSchema.safeParse(parsed.value)
  if (!envelope.success) return deadLetter('schema', problems(envelope.error))
  const message = toMessage(envelope.data)
  if (message === null) return deadLetter('schema', 'sentAt: not an RFC 3339 date-time')
  if (message.sentAtMs > nowMs + MAX_AHEAD_MS) return deadLetter('schema', 'sentAt: more than 24 h ahead')
  // The bytes are valid UTF-8, so only an escape can have made a lone surrogate.
  const broken = parsed.hasEscapes ? firstIllFormed(message) : undefined
  if (broken !== undefined) return deadLetter('schema', `${broken}: lone surrogate`)
  return { kind: 'message', message }
}

const deadLetter = (reason: DecodeFailure, detail: string): Decoded => ({
  kind: 'dead-letter',
  reason,
  detail,
})

const MAX_PROBLEMS = 3

// zod's messages name types and limits, and paths hold only the schema's own keys: no chat text.
const problems = (error: z.ZodError): string => {
  const lines = error.issues
    .slice(0, MAX_PROBLEMS)
    .map(({ path, message }) => `${path.length === 0 ? 'value' : path.join('.')}: ${message}`)
  const more = error.issues.length - lines.length
  return more > 0 ? `${lines.join('; ')}; and ${more} more` : lines.join('; ')
}

const firstIllFormed = (message: Message): string | undefined => {
  const { id, source, channel, author, text, title, emotes, replyTo, lang } = message
  const kept: readonly (readonly [string, string | undefined])[] = [
    ['id', id],
    ['source', source],
    ['channel.id', channel.id],
    ['channel.name', channel.name],
    ['author.id', author.id],
    ['author.name', author.name],
    ['text', text],
    ['title', title],
    ...emotes.map((emote, index) => [`emotes.${index}.id`, emote.id] as const),
    ['replyTo', replyTo],
    ['lang', lang],
  ]
  return kept.find(([, value]) => value !== undefined && toUSVString(value) !== value)?.[0]
}
