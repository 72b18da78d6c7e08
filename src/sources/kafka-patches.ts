import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

interface RequestQueue {
  readonly pending: readonly unknown[]
  scheduleCheckPendingRequests(): void
}

/**
 * kafkajs arms a timer for its request queue even when nothing waits, with a time in the past: a 1 ms loop
 * on every connection (4 % of a core, and TimeoutNegativeWarning on Node >= 24).
 */
const stopIdleTimerLoop = (): void => {
  const { prototype } = load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }
  const schedule = prototype.scheduleCheckPendingRequests
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this)
  }
}

interface ConsumerGroup {
  readonly cluster: object
  memberId: string | null
  connect(): Promise<void>
  joinAndSync(): Promise<void>
  leave(): Promise<void>
}

/**
 * A consumer that restarts because the broker was away forgets who it was, and the group then waits for its
 * old self until the session (10 s) is over. Under its old id it is let in at once; should the broker have
 * forgotten that id, kafkajs asks for a new one.
 */
const keepMemberId = (): void => {
  const { prototype } = load('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup }
  const { connect, joinAndSync, leave } = prototype
  const memberIds = new WeakMap<object, string | null>()
  prototype.connect = function (this: ConsumerGroup): Promise<void> {
    this.memberId ??= memberIds.get(this.cluster) ?? null
    return connect.call(this)
  }
  prototype.joinAndSync = async function (this: ConsumerGroup): Promise<void> {
    await joinAndSync.call(this)
    memberIds.set(this.cluster, this.memberId)
  }
  prototype.leave = async function (this: ConsumerGroup): Promise<void> {
    await leave.call(this)
    memberIds.delete(this.cluster)
  }
}

let isPatched = false

/** Mends two faults of kafkajs 2.2.4, its last release, on its internals. Safe to call twice. */
export const patchKafkajs = (): void => {
  if (isPatched) return
  isPatched = true
  stopIdleTimerLoop()
  keepMemberId()
}
