import { expect } from 'vitest'
import { MAX_CASE_LINES } from '../../src/domain/case.js'
import { caseIdOf } from '../../src/users/keys.js'
import { addStrikes, type Strikes, strikesAt } from '../../src/users/strikes.js'
import type { Effects, Fragment } from '../../src/users/user-store.js'
import { applyAll, batchOf, flagged, HOSTILE_IDS, PARTITION, strikesOf, T0, userOf } from './effects.js'
import { createRandom } from './random.js'
import { HALF_LIFE_MS, testStores } from './stores.js'

const fragment = (messageId: string, text: string): Fragment => ({ messageId, text, sentAtMs: T0 })

testStores('a partition starts at watermark -1 and moves to the last offset of a batch', async (stores) => {
  const { users } = stores

  expect(await users.watermark(PARTITION)).toBe(-1)
  await users.apply({ partition: PARTITION, base: -1, next: 9_007_199_254_740_991, effects: [] })

  expect(await users.watermark(PARTITION)).toBe(9_007_199_254_740_991)
  expect(await users.watermark('chat.messages/4')).toBe(-1)
})

testStores('a first flag opens a case with a deterministic id', async (stores) => {
  const result = await applyAll(stores, [flagged('m1')])

  const caseId = caseIdOf(userOf(), 'm1')
  expect(caseId).toMatch(/^c[0-9a-f]{20}$/)
  expect(result).toEqual({
    kind: 'applied',
    effects: [{ result: 'applied', strikes: 1, caseId, caseOpened: true }],
  })
})

testStores('later flags join the open case of the same user in the same channel only', async (stores) => {
  const other = userOf('u1', 'ch2')
  const result = await applyAll(stores, [flagged('m1'), flagged('m2'), flagged('m3', { user: other })])

  const effects = result.kind === 'applied' ? result.effects : []
  expect(effects.map((e) => e.caseOpened)).toEqual([true, false, true])
  expect(effects[1]?.caseId).toBe(caseIdOf(userOf(), 'm1'))
  expect(effects[2]?.caseId).toBe(caseIdOf(other, 'm3'))
  expect(effects.map((e) => e.strikes)).toEqual([1, 2, 1])
})

testStores('a batch delivered twice is stale the second time and changes nothing', async (stores) => {
  const { users, cases, outbox } = stores
  const batch = batchOf([flagged('m1'), flagged('m2')])
  await users.apply(batch)
  const before = [await cases.list({ limit: 10 }), await outbox.read(PARTITION, 10)]

  const again = await users.apply(batch)

  expect(again).toEqual({ kind: 'stale', watermark: 1 })
  expect([await cases.list({ limit: 10 }), await outbox.read(PARTITION, 10)]).toEqual(before)
  expect(await strikesOf(stores, userOf())).toBe(2)
})

testStores('a zombie with an old base changes nothing', async (stores) => {
  const { users, outbox } = stores
  await users.apply(batchOf([flagged('m1')]))
  await users.apply(batchOf([flagged('m2')], 0))

  const late = await users.apply({ ...batchOf([flagged('m3')], 0), next: 50 })

  expect(late).toEqual({ kind: 'stale', watermark: 1 })
  expect(await users.watermark(PARTITION)).toBe(1)
  expect(await outbox.depth(PARTITION)).toMatchObject({ entries: 3 })
})

testStores('a message id at another offset is a duplicate: strikes, case and outbox stay', async (stores) => {
  const { cases, outbox } = stores
  await applyAll(stores, [flagged('m1')])

  const again = await applyAll(stores, [flagged('m1'), flagged('m2'), flagged('m2')])

  const effects = again.kind === 'applied' ? again.effects : []
  expect(effects.map((e) => e.result)).toEqual(['duplicate', 'applied', 'duplicate'])
  expect(effects.map((e) => e.strikes)).toEqual([1, 2, 2])
  expect(effects[0]?.caseId).toBeUndefined()
  expect((await cases.list({ limit: 1 })).cases[0]?.lines).toHaveLength(2)
  expect(await outbox.depth(PARTITION)).toMatchObject({ entries: 3 })
})

testStores('the same message id of another user is another message', async (stores) => {
  const result = await applyAll(stores, [flagged('m1'), flagged('m1', { user: userOf('u2') })])

  expect(result).toMatchObject({ effects: [{ result: 'applied' }, { result: 'applied' }] })
})

testStores('windows are replaced, kept when absent, and forgotten when empty', async (stores) => {
  const { users } = stores
  const effect = (messageId: string, fragments?: readonly Fragment[]): Effects => ({
    messageId,
    user: userOf(),
    sentAtMs: T0,
    ...(fragments ? { fragments } : {}),
  })
  const window = [fragment('m1', '시'), fragment('m2', 'nul\u0000')]

  await applyAll(stores, [effect('m1', window), effect('m3')])
  expect(await users.fragments([userOf('nobody'), userOf()])).toEqual([[], window])

  await applyAll(stores, [effect('m4', [])])
  expect(await users.fragments([userOf()])).toEqual([[]])
  expect(await users.fragments([])).toEqual([])
})

testStores('a message id at another offset still replaces the window', async (stores) => {
  const { users } = stores
  const window = [fragment('m2', '시')]
  await applyAll(stores, [flagged('m1')])

  const again = await applyAll(stores, [{ ...flagged('m1'), fragments: window }])

  expect(again).toMatchObject({ effects: [{ result: 'duplicate', strikes: 1 }] })
  expect(await users.fragments([userOf()])).toEqual([window])
})

testStores('strikes equal the pure function in any order of event times', async (stores) => {
  const random = createRandom(7)
  let expected: Strikes | null = null
  for (let batch = 0; batch < 10; batch++) {
    const effects = Array.from({ length: 20 }, (_, i) =>
      flagged(`m${batch}-${i}`, {
        weight: Math.round(random.next() * 3e5) / 1e5,
        sentAtMs: T0 + Math.floor((random.next() - 0.5) * 40 * HALF_LIFE_MS),
      }),
    )

    const result = await applyAll(stores, effects)

    for (const [i, effect] of effects.entries()) {
      expected = addStrikes(expected, effect.strikeWeight ?? 0, effect.sentAtMs, HALF_LIFE_MS)
      const got = result.kind === 'applied' ? result.effects[i]?.strikes : Number.NaN
      expect(Math.abs((got ?? Number.NaN) - strikesAt(expected, effect.sentAtMs, HALF_LIFE_MS))).toBeLessThan(
        1e-6,
      )
    }
  }
})

testStores('strikes show six decimals', async (stores) => {
  await applyAll(stores, [flagged('m1')])

  expect(await strikesOf(stores, userOf(), T0 + 7 * HALF_LIFE_MS)).toBe(0.007813)
  expect(await strikesOf(stores, userOf(), T0 + 1)).toBe(1)
})

testStores('a case keeps its worst lines, ties by time and then by id', async (stores) => {
  const { cases } = stores
  const effects = Array.from({ length: 30 }, (_, i) =>
    flagged(`m${String(i).padStart(2, '0')}`, {
      severity: i % 3 === 0 ? 0.9 : 0.5 + i / 1000,
      sentAtMs: T0 - 1000 * (i % 6),
    }),
  )
  const expected = effects
    .toSorted(
      (a, b) =>
        (b.evidence?.severity ?? 0) - (a.evidence?.severity ?? 0) ||
        a.sentAtMs - b.sentAtMs ||
        (a.messageId < b.messageId ? -1 : 1),
    )
    .slice(0, MAX_CASE_LINES)
    .map((e) => e.evidence?.line)

  await applyAll(stores, effects)

  expect((await cases.list({ limit: 1 })).cases[0]?.lines).toEqual(expected)
})

testStores('lines before 1970 sort as well', async (stores) => {
  const { cases } = stores
  await applyAll(stores, [flagged('new'), flagged('old', { sentAtMs: Date.UTC(1950, 0) })])

  const lines = (await cases.list({ limit: 1 })).cases[0]?.lines
  expect(lines?.map((line) => line.messageId)).toEqual(['old', 'new'])
})

testStores('a bulk of 1,000 users opens 1,000 cases in one batch', async (stores) => {
  const { cases, outbox } = stores
  const effects = Array.from({ length: 1000 }, (_, i) => flagged(`m${i}`, { user: userOf(`u${i}`) }))

  const result = await applyAll(stores, effects)

  expect(result.kind === 'applied' && result.effects.every((e) => e.caseOpened)).toBe(true)
  expect((await cases.list({ limit: 2000 })).cases).toHaveLength(1000)
  expect(await outbox.depth(PARTITION)).toMatchObject({ entries: 2000 })
})

testStores('hostile ids stay apart and come back as they were', async (stores) => {
  const { users, cases } = stores
  const ids = HOSTILE_IDS.flatMap((id) => [userOf(id, 'ch1'), userOf('u1', id)])
  const effects = ids.map((user, i) => {
    const id = HOSTILE_IDS[i % HOSTILE_IDS.length] ?? ''
    return { ...flagged(id, { user, text: id }), fragments: [fragment(id, id)] }
  })

  const result = await applyAll(stores, effects)

  expect(result.kind === 'applied' && result.effects.every((e) => e.caseOpened && e.strikes === 1)).toBe(true)
  const listed = (await cases.list({ limit: 100 })).cases.toReversed()
  expect(listed.map((c) => ({ channelId: c.channel.id, userId: c.user.id }))).toEqual(ids)
  expect(listed.map((c) => c.lines)).toEqual(effects.map((e) => [e.evidence?.line]))
  const windows = await users.fragments(ids)
  expect(windows).toEqual(effects.map((e) => e.fragments))
})

testStores('ids whose join is equal are different users', async (stores) => {
  const result = await applyAll(stores, [
    flagged('m1', { user: userOf('b:c', 'a') }),
    flagged('m2', { user: userOf('c', 'a:b') }),
  ])

  expect(result).toMatchObject({ effects: [{ strikes: 1 }, { strikes: 1 }] })
})
