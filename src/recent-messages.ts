import { hash } from 'node:crypto'
import type { Message } from './domain/message.js'
import type { RecentMessage } from './policy/filters/filter.js'
import type { Recall } from './policy/filters/filters.js'

export interface RecentMessagesOptions {
  /** Of all users together, about 250 bytes each; past it, whoever was silent longest is forgotten. */
  readonly maxMessages: number
  /** Of one user; the settings ask for at most half of it. */
  readonly maxPerUser: number
  /** Event time; the settings ask for at most this. */
  readonly keepMs: number
  readonly onSize?: (messages: number) => void
}

export const RECENT_LIMITS = {
  maxMessages: 200_000,
  maxPerUser: 100,
  keepMs: 300_000,
} as const satisfies RecentMessagesOptions

interface Remembered extends RecentMessage {
  readonly messageDigest: number
}

/** 52 bits: ids may be long, and two that share a digest cost no more than a little evidence. */
const digestOf = (...ids: readonly string[]): number =>
  Number.parseInt(hash('sha256', JSON.stringify(ids)).slice(0, 13), 16)

interface Generation {
  /** By the digest of channel and user. */
  readonly users: Map<number, readonly Remembered[]>
  /** Messages of all its users. */
  size: number
}

const createGeneration = (): Generation => ({ users: new Map(), size: 0 })

const put = (generation: Generation, user: number, messages: readonly Remembered[]): void => {
  generation.size += messages.length - (generation.users.get(user)?.length ?? 0)
  if (messages.length === 0) generation.users.delete(user)
  else generation.users.set(user, messages)
}

/**
 * Each user's last messages, for flood and repetition, by event time and order of arrival: the same stream
 * gives the same answers. A message that is judged again finds those before it that are still remembered,
 * and is not counted twice. In memory only, because the partition key keeps a user with one worker: after a
 * restart or a rebalance a user starts afresh, which costs at most the evidence of the filter's own seconds.
 */
export const createRecentMessages = ({
  maxMessages,
  maxPerUser,
  keepMs,
  onSize,
}: RecentMessagesOptions): Recall => {
  // Two generations and no single list by age: a map from which the first of very many entries is taken again
  // and again becomes slow.
  let active = createGeneration()
  let silent = createGeneration()

  const remember = (user: number, known: readonly Remembered[], message: Remembered): void => {
    // The earlier of the last two: one message that is ahead of its time must not make the others old.
    const nowMs = Math.min(message.sentAtMs, known.at(-1)?.sentAtMs ?? message.sentAtMs)
    const kept = [...known, message].filter(({ sentAtMs }) => nowMs - sentAtMs < keepMs).slice(-maxPerUser)
    if (active.size + kept.length > maxMessages / 2) {
      silent = active
      active = createGeneration()
    }
    put(silent, user, [])
    put(active, user, kept)
    onSize?.(active.size + silent.size)
  }

  return ({ id, channel, author }: Message, sent) => {
    const user = digestOf(channel.id, author.id)
    const messageDigest = digestOf(id)
    const known = active.users.get(user) ?? silent.users.get(user) ?? []
    const place = known.findIndex((other) => other.messageDigest === messageDigest)
    if (place !== -1) return known.slice(0, place)
    remember(user, known, { messageDigest, ...sent })
    return known
  }
}
