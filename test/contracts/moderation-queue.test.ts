import { randomUUID } from 'node:crypto'
import { Queue } from 'bullmq'
import { expect } from 'vitest'
import type { Case } from '../../src/domain/case.js'
import { closeRedis, openRedis } from '../../src/users/redis.js'
import { AT, lineOf, VERSIONS } from './effects.js'
import { openRedisStores, testRedis, testStores } from './stores.js'

const caseOf = (id: string): Case => ({
  id,
  state: 'open',
  channel: { id: 'ch1', name: '채널' },
  user: { id: '12345', name: '__proto__' },
  strikes: 1,
  lines: [lineOf('m1')],
  versions: VERSIONS,
  openedAt: AT,
  updatedAt: AT,
  suggestion: 'warn',
})

const EMPTY = { waiting: 0, active: 0, delayed: 0, failed: 0 }

testStores('a job waits until it is completed', async ({ queue }) => {
  expect(await queue.counts()).toEqual(EMPTY)

  expect(await queue.add('c1', caseOf('c1'))).toBe('ok')
  expect(await queue.add('c2', caseOf('c2'))).toBe('ok')
  expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 2 })

  await queue.complete('c1')
  expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 1 })
})

testStores('the same job again is a duplicate, also after it was completed', async ({ queue }) => {
  await queue.add('c1', caseOf('c1'))
  expect(await queue.add('c1', caseOf('c1'))).toBe('duplicate')

  await queue.complete('c1')

  expect(await queue.add('c1', caseOf('c1'))).toBe('duplicate')
  expect(await queue.counts()).toEqual(EMPTY)
})

testStores('a reopened case is a new job', async ({ queue }) => {
  await queue.add('c1', caseOf('c1'))
  await queue.complete('c1')

  expect(await queue.add('c1-r2', caseOf('c1'))).toBe('ok')
  expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 1 })
})

testStores('a job completed before it is added never waits', async ({ queue }) => {
  await queue.complete('c1')
  await queue.complete('c1')

  expect(await queue.add('c1', caseOf('c1'))).toBe('duplicate')
  expect(await queue.counts()).toEqual(EMPTY)
})

testStores('adding and completing at the same time leaves nothing behind', async ({ queue }) => {
  const ids = Array.from({ length: 50 }, (_, i) => `c${i}`)

  await Promise.all(ids.flatMap((id) => [queue.add(id, caseOf(id)), queue.complete(id)]))

  expect(await queue.counts()).toEqual(EMPTY)
})

testStores('close is safe to call twice', async ({ queue }) => {
  await queue.close()
  await queue.close()
})

testRedis('a plain BullMQ queue sees the same jobs and counts', async (url) => {
  const prefix = `haechi-test-${randomUUID()}`
  const stores = await openRedisStores(url, prefix)
  const redis = await openRedis(url, { name: 'haechi-test-plain' })
  const plain = new Queue('moderation', { prefix, connection: redis })
  try {
    await Promise.all(['c1', 'c2', 'c3'].map((id) => stores.queue.add(id, caseOf(id))))
    await stores.queue.complete('c2')

    const counts = await plain.getJobCounts('waiting', 'active', 'delayed', 'failed')
    const job = await plain.getJob('c1')

    expect(counts).toEqual({ waiting: 2, active: 0, delayed: 0, failed: 0 })
    expect(counts).toMatchObject(await stores.queue.counts())
    expect(job?.data).toEqual({ caseId: 'c1', snapshot: caseOf('c1') })
    expect(await plain.getJob('c2')).toBeUndefined()
  } finally {
    await plain.close()
    await closeRedis(redis)
    await stores.close()
  }
})
