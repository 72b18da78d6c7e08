import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Kafka } from 'kafkajs'
import type { Closers } from './closers.js'
import type { Config } from './config-schema.js'
import { ConfigError, UnavailableError } from './errors.js'
import type { ChannelLookup } from './policy/channels.js'
import { suggest } from './policy/ladder.js'
import { BullmqQueue } from './queue/bullmq-queue.js'
import type { CaseStore } from './queue/case-store.js'
import { KafkaRecordLog } from './queue/kafka-record-log.js'
import type { ModerationQueue } from './queue/moderation-queue.js'
import type { Outbox } from './queue/outbox.js'
import type { RecordLog } from './queue/record-log.js'
import { RedisCaseStore } from './queue/redis-case-store.js'
import { RedisOutbox } from './queue/redis-outbox.js'
import { SqliteCaseStore } from './queue/sqlite-case-store.js'
import { SqliteOutbox } from './queue/sqlite-outbox.js'
import { SqliteQueue } from './queue/sqlite-queue.js'
import { SqliteRecordLog } from './queue/sqlite-record-log.js'
import { untilAvailable } from './retry.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import { closeRedis, openRedis, pingRedis, type Redis } from './users/redis.js'
import { RedisUserStore } from './users/redis-user-store.js'
import { openSqlite } from './users/sqlite.js'
import { SqliteUserStore } from './users/sqlite-user-store.js'
import type { UserStore } from './users/user-store.js'

/** Everything that outlives a message. */
export interface Stores {
  readonly users: UserStore
  readonly cases: CaseStore
  readonly outbox: Outbox
  readonly queue: ModerationQueue
  readonly log: RecordLog
}

const MINUTE_MS = 60_000

const caseOptions = (config: Config, channels: ChannelLookup) => ({
  halfLifeMs: config.users.strikeHalfLifeMinutes * MINUTE_MS,
  step: (strikes: number, channelId: string) => suggest(strikes, channels(channelId).settings.ladder),
})

const openFile = (folder: string) => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new UnavailableError(`cannot create the data folder ${folder}; set HAECHI_DATA to a writable one`, {
      cause,
    })
  }
  return openSqlite(join(folder, 'haechi.sqlite'))
}

/**
 * One SQLite file holds it all; `inMemory` leaves nothing behind.
 * @throws UnavailableError when the folder or the file cannot be used
 */
export const openEmbeddedStores = (
  config: Config,
  channels: ChannelLookup,
  closers: Closers,
  { inMemory = false }: { readonly inMemory?: boolean } = {},
): Stores => {
  const database = inMemory ? openSqlite(':memory:') : openFile(resolve(config.data))
  closers.add(() => database.close())
  const { halfLifeMs, step } = caseOptions(config, channels)
  return {
    users: new SqliteUserStore(database, { halfLifeMs }),
    cases: new SqliteCaseStore(database, { halfLifeMs, suggest: step }),
    outbox: new SqliteOutbox(database, step),
    queue: new SqliteQueue(database),
    log: new SqliteRecordLog(database),
  }
}

export interface ClusterStores extends Stores {
  readonly redis: Redis
}

/** Waits for Redis as long as it takes; the log says what it waits for. Rejects when the signal is aborted. */
export const openClusterStores = async (
  config: Config,
  kafka: Kafka,
  channels: ChannelLookup,
  {
    closers,
    logger,
    signal,
  }: { readonly closers: Closers; readonly logger: Logger; readonly signal: AbortSignal },
): Promise<ClusterStores> => {
  const { url } = config.redis
  if (url === undefined) throw new ConfigError(['REDIS_URL (redis.url): needed'])
  const redis = await untilAvailable(
    () =>
      openRedis(url, { name: 'haechi', onError: (error) => logger.debug({ error: error.message }, 'redis') }),
    signal,
    (error) => logger.warn({ error: error.message }, 'waiting for Redis'),
  )
  closers.add(() => closeRedis(redis))
  const { halfLifeMs, step } = caseOptions(config, channels)
  const stores = {
    redis,
    users: new RedisUserStore(redis, { halfLifeMs }),
    cases: new RedisCaseStore(redis, { halfLifeMs, suggest: step }),
    outbox: new RedisOutbox(redis, step),
    queue: new BullmqQueue(redis),
    log: new KafkaRecordLog(kafka),
  }
  for (const owner of [stores.queue, stores.cases, stores.log]) closers.add(() => owner.close())
  return stores
}

export const redisAnswers = async (redis: Redis | null): Promise<true | string> => {
  if (redis === null) return 'not connected yet'
  await pingRedis(redis)
  return true
}

/** The same stores, with the time and the failures of what a worker asks of Redis counted. */
export const observedStores = <T extends Stores>(stores: T, metrics: Metrics): T => {
  const timed = async <R>(op: 'effects' | 'outbox', work: () => Promise<R>): Promise<R> => {
    const end = metrics.redisSeconds.startTimer({ op })
    try {
      return await work()
    } catch (error) {
      metrics.redisErrors.inc({ op })
      throw error
    } finally {
      end()
    }
  }
  const { users, outbox } = stores
  return {
    ...stores,
    users: {
      watermark: (partition) => users.watermark(partition),
      fragments: (keys) => users.fragments(keys),
      apply: (batch) => timed('effects', () => users.apply(batch)),
      close: () => users.close(),
    },
    outbox: {
      read: (partition, limit) => timed('outbox', () => outbox.read(partition, limit)),
      ack: (partition, ids) => outbox.ack(partition, ids),
      depth: (partition) => outbox.depth(partition),
    },
  }
}
