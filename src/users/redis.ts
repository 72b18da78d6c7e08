import { Redis } from 'ioredis'
import { reasonOf, UnavailableError } from '../errors.js'

export type { Redis } from 'ioredis'

export interface RedisOptions {
  /** For `CLIENT LIST`, `haechi-effects` for instance. */
  readonly name: string
  /** A command without an answer after this is rejected; null for a connection that blocks. */
  readonly commandTimeoutMs?: number | null
  /** Connection errors: they are also in the rejections, so this is for logs. */
  readonly onError?: (error: Error) => void
}

const COMMAND_TIMEOUT_MS = 5_000
const CONNECT_TIMEOUT_MS = 3_000

/** The address without its password, for messages. */
export const maskedAddress = (address: string): string => {
  if (!URL.canParse(address)) return 'the given address'
  const url = new URL(address)
  if (url.password) url.password = '***'
  return url.href
}

// Half fixed, half random: workers that lost Redis together do not come back together.
const retryDelayMs = (attempt: number): number => {
  const ceiling = Math.min(2_000, 50 * 2 ** Math.min(attempt, 10))
  return ceiling / 2 + (Math.random() * ceiling) / 2
}

/** Replies of a Redis that is there but cannot serve now; any other error reply is a bug of ours. */
const NOT_NOW =
  /^(LOADING|READONLY|MASTERDOWN|OOM|BUSY|MISCONF|CLUSTERDOWN|NOAUTH|WRONGPASS|NOREPLICAS|TRYAGAIN)/

const unavailable = (redis: Redis, cause: unknown): unknown => {
  if (cause instanceof Error && cause.name === 'ReplyError' && !NOT_NOW.test(cause.message)) return cause
  const { host, port } = redis.options
  const detail = reasonOf(cause)
  return new UnavailableError(
    `Redis at ${host}:${port} cannot be used (${detail}); check that it runs and has room`,
    {
      cause,
    },
  )
}

/** Awaits a command; throws UnavailableError when Redis is away, in bounded time. */
export const answerOf = async <T>(redis: Redis, command: Promise<T>): Promise<T> => {
  try {
    return await command
  } catch (error) {
    throw unavailable(redis, error)
  }
}

/**
 * Connects, and from then on reconnects for ever with jitter. Nothing is queued while away: commands reject at
 * once, and those in flight when the connection breaks reject too, since whether they took effect is unknown.
 * Throws UnavailableError when the first connection fails.
 */
export const openRedis = async (address: string, options: RedisOptions): Promise<Redis> => {
  const { name, commandTimeoutMs = COMMAND_TIMEOUT_MS, onError = () => {} } = options
  let lastError: Error | null = null
  const redis = new Redis(address, {
    lazyConnect: true,
    connectionName: name,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: retryDelayMs,
    ...(commandTimeoutMs === null ? {} : { commandTimeout: commandTimeoutMs }),
  })
  redis.on('error', (error: Error) => {
    lastError = error
    onError(error)
  })
  try {
    await redis.connect()
    return redis
  } catch (error) {
    redis.disconnect()
    const detail = lastError ?? error
    const reason = reasonOf(detail)
    throw new UnavailableError(
      `cannot connect to Redis at ${maskedAddress(address)} (${reason}); start it or correct REDIS_URL`,
      { cause: detail },
    )
  }
}

/** Throws UnavailableError when Redis does not answer. */
export const pingRedis = async (redis: Redis): Promise<void> => {
  await answerOf(redis, redis.ping())
}

/** Lets commands in flight finish; safe to call twice and while Redis is away. */
export const closeRedis = async (redis: Redis): Promise<void> => {
  if (redis.status === 'ready') await redis.quit().catch(() => {})
  redis.disconnect()
}
