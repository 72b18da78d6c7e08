import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CaseStore } from '../../src/queue/case-store.js'
import { DECIDED_MS } from '../../src/queue/case-store-options.js'
import { RedisCaseStore } from '../../src/queue/redis-case-store.js'
import { SqliteCaseStore } from '../../src/queue/sqlite-case-store.js'
import { caseIdOf } from '../../src/users/keys.js'
import { closeRedis, openRedis } from '../../src/users/redis.js'
import { RedisUserStore } from '../../src/users/redis-user-store.js'
import { openSqlite } from '../../src/users/sqlite.js'
import { SqliteUserStore } from '../../src/users/sqlite-user-store.js'
import type { UserStore } from '../../src/users/user-store.js'
import { AT, batchOf, flagged, userOf } from './effects.js'
import { HALF_LIFE_MS, openRedisStores, suggest, testRedis } from './stores.js'

const options = { halfLifeMs: HALF_LIFE_MS, suggest }
const clock = { nowMs: Date.UTC(2026, 0, 1) }
const now = () => clock.nowMs
const idOf = (i: number) => caseIdOf(userOf(`u${i}`), `m${i}`)

/** Decides cases 0 and 1 a retention time apart, with case 2 undone and 3 left open before. */
const decideOverTime = async (users: UserStore, cases: CaseStore) => {
  await users.apply(batchOf([0, 1, 2, 3].map((i) => flagged(`m${i}`, { user: userOf(`u${i}`) }))))
  await cases.decide(idOf(0), { decision: 'ban' }, AT)
  await cases.decide(idOf(2), { decision: 'ban' }, AT)
  await cases.decide(idOf(2), { decision: 'undo' }, AT)
  clock.nowMs += DECIDED_MS + 1
  await cases.decide(idOf(1), { decision: 'ban' }, AT)
}

const idsOf = async (cases: CaseStore) => (await cases.list({ limit: 10 })).cases.map((c) => c.id)

test('cases decided a month ago leave, undone and open ones stay (SQLite)', async () => {
  const database = openSqlite(':memory:')
  const cases = new SqliteCaseStore(database, options, now)

  await decideOverTime(new SqliteUserStore(database, options), cases)

  expect(await idsOf(cases)).toEqual([idOf(1), idOf(2), idOf(3)])
  expect(database.sql.prepare('SELECT DISTINCT case_id FROM case_lines').all()).toHaveLength(3)
})

testRedis('cases decided a month ago leave, undone and open ones stay (Redis)', async (url) => {
  const prefix = `haechi-test-${randomUUID()}`
  const redis = await openRedis(url, { name: 'haechi-test' })
  const cases = new RedisCaseStore(redis, options, prefix, now)

  await decideOverTime(new RedisUserStore(redis, options, prefix), cases)

  expect(await idsOf(cases)).toEqual([idOf(1), idOf(2), idOf(3)])
  expect((await cases.list({ state: 'decided', channelId: 'ch1', limit: 10 })).total).toBe(1)
  expect(await redis.exists(`${prefix}:case:${idOf(0)}`, `${prefix}:case:${idOf(0)}:lines`)).toBe(0)
  await closeRedis(redis)
  await (await openRedisStores(url, prefix)).close()
})
