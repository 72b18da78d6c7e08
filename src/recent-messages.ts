import type { Message } from './domain/message.js'
import type { RecentMessage } from './policy/filters/filter.js'
import type { Recall } from './policy/filters/filters.js'

export interface RecentMessagesOptions {
  /** Of all users together, about 150 bytes each. Past it the users who were silent longest are forgotten. */
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
  readonly messageId: string
}

/**
 * Each user's last messages, for flood and repetition, by event time and order of arrival: the same stream
 * gives the same answers, and a message that is judged again the same one. In memory only, because the
 * partition key keeps a user with one worker: after a restart or a rebalance a user starts afresh, which
 * costs at most the evidence of the filter's own seconds.
 */
export const createRecentMessages = ({
  maxMessages,
  maxPerUser,
  keepMs,
  onSize,
}: RecentMessagesOptions): Recall => {
  // Least recently active first.
  const users = new Map<string, readonly Remembered[]>()
  let size = 0

  const forgetSilent = (): void => {
    for (const [user, messages] of users) {
      if (size <= maxMessages) return
      users.delete(user)
      size -= messages.length
    }
  }

  const remember = (user: string, known: readonly Remembered[], message: Remembered): void => {
    const newestMs = known.reduce((latest, { sentAtMs }) => Math.max(latest, sentAtMs), message.sentAtMs)
    const kept = [...known, message].filter(({ sentAtMs }) => newestMs - sentAtMs < keepMs).slice(-maxPerUser)
    users.delete(user)
    users.set(user, kept)
    size += kept.length - known.length
    forgetSilent()
    onSize?.(size)
  }

  return ({ id, channel, author }: Message, sent) => {
    const user = JSON.stringify([channel.id, author.id])
    const known = users.get(user) ?? []
    const place = known.findIndex(({ messageId }) => messageId === id)
    if (place !== -1) return known.slice(0, place)
    remember(user, known, { messageId: id, ...sent })
    return known
  }
}
