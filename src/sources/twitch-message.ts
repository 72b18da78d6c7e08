import type { Emote, Role } from '../domain/message.js'
import type { Envelope } from './envelope.js'
import { knownRoles } from './envelope-schema.js'

/** A chat line as tmi.js hands it over: `tags` are its transformed IRC tags. */
export interface TwitchLine {
  /** `#login` */
  readonly channel: string
  readonly tags: Readonly<Record<string, unknown>>
  readonly text: string
  readonly receivedAtMs: number
}

/** tmi.js turns the values `1` and `0` of any tag into booleans, names and ids included; absent is ''. */
export const tagText = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const BADGE_ROLES: ReadonlyMap<string, Role> = new Map([
  ['broadcaster', 'broadcaster'],
  ['moderator', 'moderator'],
  ['lead_moderator', 'moderator'],
  ['vip', 'vip'],
  ['subscriber', 'subscriber'],
  ['founder', 'subscriber'],
])

const TAG_ROLES: readonly (readonly [string, Role])[] = [
  ['mod', 'moderator'],
  ['vip', 'vip'],
  ['subscriber', 'subscriber'],
  ['first-msg', 'first-time'],
]

const rolesOf = (tags: TwitchLine['tags']): readonly Role[] => {
  const badges = tagText(tags['badges-raw']).split(',')
  const byBadge = badges.flatMap((badge) => BADGE_ROLES.get(badge.split('/')[0] ?? '') ?? [])
  const byTag = TAG_ROLES.flatMap(([tag, role]) => (tagText(tags[tag]) === '1' ? [role] : []))
  return knownRoles([...byBadge, ...byTag])
}

const RANGE = /^(\d{1,9})-(\d{1,9})$/

/**
 * Ranges of an `emotes` tag (`25:0-4,12-16/1902:6-10`), made half-open and clamped to the text. Twitch counts
 * code points, its `end` is inclusive, and now and then it points past the end: https://dev.twitch.tv/docs/irc/tags/
 */
export const parseEmotes = (tag: string, length: number): readonly Emote[] =>
  tag
    .split('/')
    .flatMap((part) => {
      const colon = part.lastIndexOf(':')
      const id = part.slice(0, Math.max(0, colon))
      return part
        .slice(colon + 1)
        .split(',')
        .map((range) => RANGE.exec(range))
        .map((match) => ({ id, start: Number(match?.[1]), end: Math.min(Number(match?.[2]) + 1, length) }))
    })
    .filter(({ id, start, end }) => id !== '' && start < end)
    .toSorted((a, b) => a.start - b.start)

const ACTION_START = '\u0001ACTION '

const unwrapAction = (text: string): string => {
  if (!text.startsWith(ACTION_START)) return text
  return text.slice(ACTION_START.length, text.endsWith('\u0001') ? -1 : undefined)
}

const sentAtOf = ({ tags, receivedAtMs }: TwitchLine): string => {
  const sentAtMs = Number(tagText(tags['tmi-sent-ts']))
  const isPlausible = sentAtMs > 0 && sentAtMs < 8.64e15
  return new Date(isPlausible ? sentAtMs : receivedAtMs).toISOString()
}

/**
 * The envelope of a chat line, or null when it lacks the ids that a user can be judged by (server notices).
 * The text stays as typed, except that `/me` is unwrapped.
 */
export const toTwitchEnvelope = (line: TwitchLine): Envelope | null => {
  const { tags } = line
  const [id, roomId, userId] = [tags.id, tags['room-id'], tags['user-id']].map(tagText)
  if (!id || !roomId || !userId) return null
  const text = unwrapAction(line.text)
  const replyTo = tagText(tags['reply-parent-msg-id'])
  const name = tagText(tags['display-name']).trim() || tagText(tags.username) || userId
  return {
    id,
    source: 'twitch',
    channel: { id: roomId, name: line.channel.replace(/^#/, '') },
    author: { id: userId, name, roles: rolesOf(tags) },
    text,
    emotes: parseEmotes(tagText(tags['emotes-raw']), [...text].length),
    ...(replyTo === '' ? {} : { replyTo }),
    sentAt: sentAtOf(line),
  }
}

const MAX_REMEMBERED = 10_000

/**
 * Tells lines that were read already. Shared Chat repeats a line in every room of the session under an id of
 * its own: it is read once, in its home room where that room is watched too, so that nobody is counted twice.
 */
export const createRepeatFilter = (isWatched: (roomId: string) => boolean) => {
  const seen = new Set<string>()
  return ({ tags }: TwitchLine): boolean => {
    const home = tagText(tags['source-room-id'])
    const isCopy = home !== '' && home !== tagText(tags['room-id'])
    if (isCopy && isWatched(home)) return true
    const id = tagText(tags['source-id']) || tagText(tags.id)
    if (id === '') return false
    if (seen.has(id)) return true
    seen.add(id)
    for (const oldest of seen) {
      if (seen.size <= MAX_REMEMBERED) break
      seen.delete(oldest)
    }
    return false
  }
}
