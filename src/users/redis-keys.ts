import { segment, userSegment } from './keys.js'
import type { UserKey } from './user-store.js'

/** All of Haechi's keys begin with this; BullMQ's own are `haechi:moderation:*`. */
export const KEY_PREFIX = 'haechi'

/** Names of keys, as the scripts build them too. Another prefix than `haechi` is for tests. */
export const redisKeys = (prefix: string) => ({
  prefix,
  watermark: (partition: string) => `${prefix}:watermark:${segment(partition)}`,
  outbox: (partition: string) => `${prefix}:outbox:${segment(partition)}`,
  fragments: (user: UserKey) => `${prefix}:fragments:${userSegment(user)}`,
  strikes: (user: UserKey) => `${prefix}:strikes:${userSegment(user)}`,
  openCase: (user: UserKey) => `${prefix}:open:${userSegment(user)}`,
  case: (caseId: string) => `${prefix}:case:${segment(caseId)}`,
  lines: (caseId: string) => `${prefix}:case:${segment(caseId)}:lines`,
  cases: (state: string, channelId?: string) =>
    `${prefix}:cases:${state}${channelId === undefined ? '' : `:${segment(channelId)}`}`,
  events: `${prefix}:events`,
  done: (jobId: string) => `${prefix}:done:${segment(jobId)}`,
})

export type RedisKeys = ReturnType<typeof redisKeys>
