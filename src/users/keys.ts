import { createHash } from 'node:crypto'
import type { UserKey } from './user-store.js'

const MAX_SEGMENT = 200

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

/**
 * A hostile id as one segment of a key: percent-encoded, or `#` and a hash when it is long or not well-formed
 * Unicode. Never contains `:`, and two ids never share a segment.
 */
export const segment = (id: string): string => {
  const encoded = /\p{Surrogate}/u.test(id) ? null : encodeURIComponent(id)
  if (encoded !== null && encoded.length <= MAX_SEGMENT) return encoded
  return `#${sha256(Buffer.from(id, 'utf16le')).toString('hex')}`
}

/** One (channel, user) in both stores. */
export const userSegment = (user: UserKey): string => `${segment(user.channelId)}:${segment(user.userId)}`

// JSON keeps the parts apart whatever they contain.
const digest = (...parts: readonly string[]): Buffer => sha256(JSON.stringify(parts))

/** Short, because there is one for every message that had effects in the last week. */
export const seenSegment = (user: UserKey, messageId: string): string =>
  digest(user.channelId, user.userId, messageId).subarray(0, 15).toString('base64url')

/** The id of the case that this message opens: the same on every replay. */
export const caseIdOf = (user: UserKey, messageId: string): string =>
  `c${digest(user.channelId, user.userId, messageId).toString('hex').slice(0, 20)}`
