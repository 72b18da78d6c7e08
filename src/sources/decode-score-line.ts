import { toUSVString } from 'node:util'
import type { Emote, Message } from '../domain/message.js'
import { isJsonObject, parseJsonBytes } from './decode-json.js'
import { envelopeSchema, knownRoles } from './envelope-schema.js'
import { parseRfc3339 } from './envelope-time.js'

/** `id` is what the line carried, to be echoed; absent when it carried none. */
export type ScoreLine =
  | { readonly kind: 'message'; readonly id?: unknown; readonly message: Message }
  | {
      readonly kind: 'error'
      readonly id?: unknown
      readonly error: { readonly code: 'decode' | 'schema'; readonly detail: string }
    }

/**
 * One line of `haechi score --jsonl`. Every object with a string `text` is a message: other fields are used
 * when they make sense (an envelope's do) and defaulted when not; lone surrogates become U+FFFD. A line
 * without a user gets one of its own, `line:<lineNumber>`; without `sentAt` it is sent at `nowMs`.
 */
export const decodeScoreLine = (line: Buffer, lineNumber: number, nowMs: number): ScoreLine => {
  const parsed = parseJsonBytes(line)
  if (parsed.kind === 'invalid') return { kind: 'error', error: { code: 'decode', detail: parsed.detail } }
  const { value } = parsed
  if (!isJsonObject(value) || Array.isArray(value)) return schemaError({}, 'not an object')
  const echo = canBeWritten(value.id) ? { id: value.id } : {}
  if (typeof value.text !== 'string') return schemaError(echo, 'text: not a string')
  return { kind: 'message', ...echo, message: lenientMessage(value, value.text, lineNumber, nowMs) }
}

/** JSON that can be read may nest too deep to be written again: such an id counts as none. */
const canBeWritten = (id: unknown): boolean => {
  if (!isJsonObject(id)) return id !== undefined
  try {
    return JSON.stringify([[id]]) !== ''
  } catch {
    return false
  }
}

const schemaError = (echo: { readonly id?: unknown }, detail: string): ScoreLine => ({
  kind: 'error',
  ...echo,
  error: { code: 'schema', detail },
})

type Fields = Readonly<Record<string, unknown>>

const lenientMessage = (fields: Fields, text: string, lineNumber: number, nowMs: number): Message => {
  const sentAtMs = typeof fields.sentAt === 'string' ? parseRfc3339(fields.sentAt) : null
  const title = wellFormed(fields.title)
  const replyTo = wellFormed(fields.replyTo)
  const author = isJsonObject(fields.author) ? fields.author : {}
  return {
    id: scalar(fields.id) ?? `line:${lineNumber}`,
    source: wellFormed(fields.source) ?? 'jsonl',
    channel: named(fields.channel, 'jsonl'),
    author: { ...named(fields.user ?? fields.author, `line:${lineNumber}`), roles: roles(author.roles) },
    text: toUSVString(text),
    ...(title === undefined ? {} : { title }),
    emotes: emotes(fields.emotes),
    ...(replyTo === undefined ? {} : { replyTo }),
    sentAt: sentAtMs === null ? new Date(nowMs).toISOString() : String(fields.sentAt),
    sentAtMs: sentAtMs ?? nowMs,
  }
}

const wellFormed = (value: unknown): string | undefined =>
  typeof value === 'string' ? toUSVString(value) : undefined

const scalar = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : wellFormed(value) || undefined

const named = (value: unknown, otherwise: string): { readonly id: string; readonly name: string } => {
  const fields: Fields = isJsonObject(value) ? value : { id: value }
  const id = scalar(fields.id) ?? otherwise
  return { id, name: wellFormed(fields.name) ?? id }
}

const roles = (value: unknown): Message['author']['roles'] =>
  Array.isArray(value) ? knownRoles(value.filter((role) => typeof role === 'string')) : []

const emotes = (value: unknown): readonly Emote[] => envelopeSchema.shape.emotes.safeParse(value).data ?? []
