import type { Case } from '../domain/case.js'

export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
}

/** Work items for moderators; the case store is the record. Adapters: BullMQ, SQLite. */
export interface ModerationQueue {
  /** Adding the same job again changes nothing, also after it was completed. */
  add(jobId: string, snapshot: Case): Promise<'ok' | 'duplicate'>
  /** The job leaves the queue because its case was decided. */
  complete(jobId: string): Promise<void>
  counts(): Promise<QueueCounts>
  /** Safe to call twice. */
  close(): Promise<void>
}
