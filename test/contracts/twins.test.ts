import { expect } from 'vitest'
import { DECISIONS } from '../../src/domain/decision.js'
import { DECISIONS_OUTBOX } from '../../src/queue/outbox.js'
import type { Effects } from '../../src/users/user-store.js'
import { AT, flagged, T0, userOf } from './effects.js'
import { createRandom, type Random } from './random.js'
import { HALF_LIFE_MS, openRedisStores, openSqliteStores, type Stores, testRedis } from './stores.js'

const PARTITIONS = ['chat.messages/0', 'chat.messages/1', 'board.posts/0']
const USERS = 4
const STEPS = 200

const effectOf = (random: Random): Effects => {
  // Some ids come again, and always with the same author and time.
  const number = random.below(400)
  const messageId = `m${number}`
  const user = userOf(`u${number % USERS}`, `ch${number % 2}`)
  const sentAtMs = T0 + ((number * 7919) % 20) * HALF_LIFE_MS
  const flag = flagged(messageId, {
    user,
    sentAtMs,
    weight: random.next() * 3,
    severity: random.below(5) / 5,
  })
  const kinds: readonly Effects[] = [
    flag,
    { messageId, user, sentAtMs, fragments: [{ messageId, text: '시', sentAtMs }] },
    { messageId, user, sentAtMs, verdict: { key: 'k', value: messageId } },
    { messageId, user, sentAtMs, strikeWeight: random.next() },
  ]
  return kinds[random.below(kinds.length)] ?? flag
}

type Step = (stores: Stores) => Promise<unknown>

const applyStep = (random: Random): Step => {
  const partition = PARTITIONS[random.below(PARTITIONS.length)] ?? ''
  const effects = Array.from({ length: random.below(6) }, () => effectOf(random))
  const isStale = random.below(10) === 0
  return async ({ users }) => {
    const watermark = await users.watermark(partition)
    const base = isStale ? watermark - 1 : watermark
    return users.apply({ partition, base, next: base + effects.length, effects })
  }
}

const decideStep = (random: Random): Step => {
  const index = random.below(4)
  const decision = DECISIONS[random.below(DECISIONS.length)] ?? 'undo'
  return async ({ cases }) => {
    const target = (await cases.list({ limit: 10 })).cases[index]
    return target ? cases.decide(target.id, { decision, seconds: 60 }, AT) : null
  }
}

const ackStep = (random: Random): Step => {
  const partition = [...PARTITIONS, DECISIONS_OUTBOX][random.below(4)] ?? ''
  return async ({ outbox }) => {
    const entries = await outbox.read(partition, 7)
    await outbox.ack(
      partition,
      entries.map((entry) => entry.id),
    )
    return entries.map(({ id: _, ...entry }) => entry)
  }
}

/** Everything that can be seen of a store, but the ids that it gives its own rows. */
const stateOf = async ({ users, cases, outbox }: Stores) => {
  const keys = Array.from({ length: USERS * 2 }, (_, i) => userOf(`u${i % USERS}`, `ch${i % 2}`))
  const entries = await Promise.all([...PARTITIONS, DECISIONS_OUTBOX].map((p) => outbox.read(p, 1000)))
  return {
    cases: await cases.list({ limit: 1000 }),
    open: await cases.list({ limit: 1000, state: 'open', channelId: 'ch1' }),
    decided: await cases.list({ limit: 1000, state: 'decided' }),
    windows: await users.fragments(keys),
    watermarks: await Promise.all(PARTITIONS.map((p) => users.watermark(p))),
    outbox: entries.flat().map(({ id: _, ...entry }) => entry),
  }
}

// The twins may use another power function, which may differ in the last bit.
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, v) => (key === 'strikes' && typeof v === 'number' ? v.toFixed(4) : v)),
  )

for (const seed of [1, 2, 3]) {
  testRedis(`Redis and SQLite agree after every step of a random history (seed ${seed})`, async (url) => {
    const random = createRandom(seed)
    const twins = [await openSqliteStores(), await openRedisStores(url)] as const
    try {
      for (let step = 0; step < STEPS; step++) {
        const act = [applyStep, applyStep, decideStep, ackStep][random.below(4)] ?? applyStep
        const run = act(random)
        const [one, other] = [await run(twins[0]), await run(twins[1])]
        expect(rounded(other)).toEqual(rounded(one))
        if (step % 10 === 0)
          expect(rounded(await stateOf(twins[1]))).toEqual(rounded(await stateOf(twins[0])))
      }
      expect(rounded(await stateOf(twins[1]))).toEqual(rounded(await stateOf(twins[0])))
    } finally {
      for (const twin of twins) await twin.close()
    }
  })
}
