import { Queue } from 'bullmq'
import type { Case } from '../domain/case.js'
import { answerOf, type Redis } from '../users/redis.js'
import { KEY_PREFIX, type RedisKeys, redisKeys } from '../users/redis-keys.js'
import type { ModerationQueue, QueueCounts } from './moderation-queue.js'

export const QUEUE_NAME = 'moderation'

/** How long a completed job still counts as a duplicate. */
const DONE_MS = 30 * 86_400_000

/**
 * Work items in BullMQ. No worker runs them: a job waits until a decision removes it. Removing a job also
 * removes BullMQ's own deduplication key, so completed jobs leave a mark of ours.
 */
export class BullmqQueue implements ModerationQueue {
  private readonly keys: RedisKeys
  private readonly queue: Queue

  constructor(
    private readonly redis: Redis,
    prefix: string = KEY_PREFIX,
  ) {
    this.keys = redisKeys(prefix)
    this.queue = new Queue(QUEUE_NAME, {
      prefix,
      connection: redis,
      // Else a Redis that is away in this moment hangs or breaks the queue for good.
      skipVersionCheck: true,
      skipWaitingForReady: true,
      defaultJobOptions: { removeOnComplete: true, attempts: 1 },
    })
    // The same errors reject the commands.
    this.queue.on('error', () => {})
  }

  async add(jobId: string, snapshot: Case): Promise<'ok' | 'duplicate'> {
    if (await this.exists(this.keys.done(jobId), this.queue.toKey(jobId))) return 'duplicate'
    const job = this.queue.add(
      'case',
      { caseId: snapshot.id, snapshot },
      { jobId, deduplication: { id: jobId, ttl: DONE_MS } },
    )
    await answerOf(this.redis, job)
    // Completed in between: complete() marks first and then removes, so one of the two sees the other.
    if (!(await this.exists(this.keys.done(jobId)))) return 'ok'
    await answerOf(this.redis, this.queue.remove(jobId))
    return 'duplicate'
  }

  async complete(jobId: string): Promise<void> {
    await answerOf(this.redis, this.redis.set(this.keys.done(jobId), '1', 'PX', DONE_MS))
    await answerOf(this.redis, this.queue.remove(jobId))
  }

  async counts(): Promise<QueueCounts> {
    const counts = await answerOf(
      this.redis,
      this.queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
    )
    const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts
    return { waiting: waiting + prioritized, active, delayed, failed }
  }

  /** The connection is closed by whoever opened it. */
  async close(): Promise<void> {
    await this.queue.close()
  }

  private async exists(...keys: readonly string[]): Promise<boolean> {
    return (await answerOf(this.redis, this.redis.exists(...keys))) > 0
  }
}
