import { expect } from 'vitest'
import type { CaseEvent } from '../../src/queue/case-store.js'
import { DECISIONS_OUTBOX } from '../../src/queue/outbox.js'
import { caseIdOf } from '../../src/users/keys.js'
import { AT, applyAll, flagged, HOSTILE_IDS, lineOf, strikesOf, T0, userOf, VERSIONS } from './effects.js'
import { HALF_LIFE_MS, type Stores, testStores } from './stores.js'

const LATER = '2026-01-15T12:01:00.000Z'
const ID = caseIdOf(userOf(), 'm1')

/** Takes `count` events; fails after 5 s. */
const take = async (
  { cases }: Stores,
  afterId: string | null,
  count: number,
  act: () => Promise<unknown> = async () => {},
): Promise<readonly CaseEvent[]> => {
  const signal = AbortSignal.timeout(5_000)
  const found: CaseEvent[] = []
  const events = cases.events(afterId, signal)
  await act()
  for await (const event of events) {
    found.push(event)
    if (found.length === count) return found
  }
  throw new Error(`only ${found.length} of ${count} events came`)
}

const kindsOf = (events: readonly CaseEvent[]) => events.map(({ kind }) => kind)
const entriesOf = async ({ outbox }: Stores) => outbox.read(DECISIONS_OUTBOX, 100)

testStores('a case is listed as the flags made it', async (stores) => {
  await applyAll(stores, [flagged('m1'), flagged('m2', { severity: 0.95 })])

  expect(await stores.cases.list({ state: 'open', limit: 100 })).toEqual({
    cases: [
      {
        id: ID,
        state: 'open',
        channel: { id: 'ch1', name: 'The Channel' },
        user: { id: 'u1', name: 'The User' },
        strikes: 2,
        lines: [lineOf('m2'), lineOf('m1')],
        versions: VERSIONS,
        openedAt: AT,
        updatedAt: AT,
        suggestion: 'warn',
      },
    ],
    total: 1,
  })
})

testStores('the list filters, counts all matches and starts with the newest change', async (stores) => {
  const effects = [1, 2, 3, 4].map((i) =>
    flagged(`m${i}`, { user: userOf(`u${i}`, i % 2 === 0 ? 'even' : 'odd') }),
  )
  await applyAll(stores, effects)
  await applyAll(stores, [flagged('m5', { user: userOf('u1', 'odd') })])
  await stores.cases.decide(caseIdOf(userOf('u2', 'even'), 'm2'), { decision: 'ban' }, LATER)
  const users = async (query: Parameters<Stores['cases']['list']>[0]) => {
    const { cases, total } = await stores.cases.list(query)
    return [cases.map((c) => c.user.id).join(' '), total]
  }

  expect(await users({ limit: 10 })).toEqual(['u2 u1 u4 u3', 4])
  expect(await users({ limit: 2 })).toEqual(['u2 u1', 4])
  expect(await users({ limit: 0 })).toEqual(['', 4])
  expect(await users({ limit: 10, state: 'open' })).toEqual(['u1 u4 u3', 3])
  expect(await users({ limit: 10, state: 'decided' })).toEqual(['u2', 1])
  expect(await users({ limit: 10, channelId: 'even' })).toEqual(['u2 u4', 2])
  expect(await users({ limit: 10, channelId: 'even', state: 'open' })).toEqual(['u4', 1])
  expect(await users({ limit: 10, state: 'expired' })).toEqual(['', 0])
  expect(await users({ limit: 10, channelId: 'any' })).toEqual(['', 0])
})

testStores('the last name and versions of the user are shown', async (stores) => {
  const renamed = flagged('m2')
  const evidence = renamed.evidence && { ...renamed.evidence, userName: 'New name', at: LATER }
  await applyAll(stores, [flagged('m1'), { ...renamed, ...(evidence ? { evidence } : {}) }])

  expect((await stores.cases.list({ limit: 1 })).cases[0]).toMatchObject({
    user: { id: 'u1', name: 'New name' },
    openedAt: AT,
    updatedAt: LATER,
  })
})

for (const decision of ['dismiss', 'warn', 'timeout', 'ban', 'delete', 'allow'] as const) {
  testStores(`${decision} closes the case and queues its record and the end of its job`, async (stores) => {
    await applyAll(stores, [flagged('m1')])

    const result = await stores.cases.decide(ID, { decision, note: 'seen', seconds: 60 }, LATER)

    const record = {
      id: `${ID}-d1`,
      caseId: ID,
      channelId: 'ch1',
      userId: 'u1',
      decision,
      note: 'seen',
      seconds: 60,
      dryRun: !['dismiss', 'allow'].includes(decision),
      messageIds: ['m1'],
      versions: VERSIONS,
      decidedAt: LATER,
    }
    const { cases, total } = await stores.cases.list({ state: 'decided', limit: 10 })
    expect(total).toBe(1)
    expect(result).toEqual({ kind: 'decided', case: cases[0], record })
    expect(cases[0]).toMatchObject({
      state: 'decided',
      decision: { kind: decision, at: LATER, note: 'seen' },
      updatedAt: LATER,
    })
    const [first, second] = await entriesOf(stores)
    expect(first).toMatchObject({ kind: 'decision', key: 'ch1:u1', value: JSON.stringify(record) })
    expect(second).toMatchObject({ kind: 'case-closed', jobId: ID })
    expect(await strikesOf(stores, userOf())).toBe(['dismiss', 'allow'].includes(decision) ? 0 : 1)
  })
}

testStores('escalate leaves the case open with the decision on it', async (stores) => {
  await applyAll(stores, [flagged('m1')])

  await stores.cases.decide(ID, { decision: 'escalate' }, LATER)
  await applyAll(stores, [flagged('m2')])

  const { cases } = await stores.cases.list({ state: 'open', limit: 10 })
  expect(cases[0]).toMatchObject({ id: ID, decision: { kind: 'escalate', at: LATER }, strikes: 2 })
  expect(cases[0]?.lines).toHaveLength(2)
  expect((await entriesOf(stores)).map((e) => e.kind)).toEqual(['decision'])
})

testStores('a second decision, and an undo of nothing, are conflicts that do nothing', async (stores) => {
  await applyAll(stores, [flagged('m1')])

  expect(await stores.cases.decide(ID, { decision: 'undo' }, LATER)).toMatchObject({ kind: 'conflict' })
  await stores.cases.decide(ID, { decision: 'ban' }, LATER)
  const second = await stores.cases.decide(ID, { decision: 'dismiss' }, LATER)

  expect(second).toMatchObject({ kind: 'conflict', case: { decision: { kind: 'ban' } } })
  expect(await entriesOf(stores)).toHaveLength(2)
  expect(await strikesOf(stores, userOf())).toBe(1)
})

testStores('two decisions at the same time: one wins', async (stores) => {
  await applyAll(stores, [flagged('m1')])

  const results = await Promise.all(
    ['ban', 'dismiss', 'warn', 'allow'].map((decision) =>
      stores.cases.decide(ID, { decision: decision as 'ban' }, LATER),
    ),
  )

  expect(results.map((r) => r.kind).sort()).toEqual(['conflict', 'conflict', 'conflict', 'decided'])
  expect(await entriesOf(stores)).toHaveLength(2)
})

testStores('unknown and hostile case ids are unknown', async ({ cases }) => {
  for (const id of [...HOSTILE_IDS, '', 'c:lines'])
    expect(await cases.decide(id, { decision: 'ban' }, LATER)).toEqual({ kind: 'unknown-case' })
})

testStores('undo reopens the case under a new job and gives forgiven strikes back', async (stores) => {
  await applyAll(stores, [flagged('m1')])
  await stores.cases.decide(ID, { decision: 'dismiss' }, LATER)

  const result = await stores.cases.decide(ID, { decision: 'undo' }, LATER)

  expect(result).toMatchObject({
    kind: 'decided',
    record: { id: `${ID}-d2`, decision: 'undo', dryRun: false },
  })
  const open = (await stores.cases.list({ state: 'open', limit: 10 })).cases[0]
  expect(open).toMatchObject({ id: ID, state: 'open', strikes: 1 })
  expect(open?.decision).toBeUndefined()
  const reopened = (await entriesOf(stores)).at(-1)
  expect(reopened).toMatchObject({ kind: 'case-opened', jobId: `${ID}-r2`, snapshot: open })
  expect(await strikesOf(stores, userOf(), T0 + HALF_LIFE_MS)).toBe(0.5)

  await stores.cases.decide(ID, { decision: 'ban' }, LATER)
  expect((await entriesOf(stores)).at(-1)).toMatchObject({ kind: 'case-closed', jobId: `${ID}-r2` })
})

testStores('strikes since a dismissal add to what an undo gives back, whatever the order', async (stores) => {
  await applyAll(stores, [flagged('m1', { sentAtMs: T0 })])
  await stores.cases.decide(ID, { decision: 'dismiss' }, LATER)
  await applyAll(stores, [{ messageId: 'm2', user: userOf(), sentAtMs: T0 - HALF_LIFE_MS, strikeWeight: 1 }])

  await stores.cases.decide(ID, { decision: 'undo' }, LATER)

  expect(await strikesOf(stores, userOf())).toBe(1.5)
})

testStores('undo is a conflict while the user has a newer open case', async (stores) => {
  await applyAll(stores, [flagged('m1')])
  await stores.cases.decide(ID, { decision: 'ban' }, LATER)
  await applyAll(stores, [flagged('m2')])

  const result = await stores.cases.decide(ID, { decision: 'undo' }, LATER)

  expect(result).toMatchObject({ kind: 'conflict', case: { id: ID, state: 'decided' } })
  expect((await stores.cases.list({ state: 'open', limit: 10 })).cases.map((c) => c.id)).toEqual([
    caseIdOf(userOf(), 'm2'),
  ])
})

testStores('a flag after the decision opens a new case and leaves the old one alone', async (stores) => {
  await applyAll(stores, [flagged('m1')])
  await stores.cases.decide(ID, { decision: 'ban' }, LATER)

  const result = await applyAll(stores, [flagged('m2'), flagged('m3')])

  const newId = caseIdOf(userOf(), 'm2')
  expect(result).toMatchObject({ effects: [{ caseId: newId, caseOpened: true }, { caseId: newId }] })
  const { cases } = await stores.cases.list({ limit: 10 })
  expect(cases.map((c) => [c.id, c.state, c.lines.length])).toEqual([
    [newId, 'open', 2],
    [ID, 'decided', 1],
  ])
})

testStores('flags and decisions at the same time leave one open case or a decided one', async (stores) => {
  await applyAll(stores, [flagged('m1')])

  const partitions = ['a/0', 'b/0', 'c/0', 'd/0']
  await Promise.all([
    ...partitions.map((p) => applyAll(stores, [flagged(`${p}1`), flagged(`${p}2`)], p)),
    stores.cases.decide(ID, { decision: 'ban' }, LATER),
  ])

  const { cases } = await stores.cases.list({ limit: 10 })
  expect(cases.filter((c) => c.state === 'open').length).toBeLessThanOrEqual(1)
  expect(cases.flatMap((c) => c.lines)).toHaveLength(9)
  expect(cases.find((c) => c.id === ID)?.state).toBe('decided')
})

testStores('events come live, in order, with the case', async (stores) => {
  const events = await take(stores, null, 5, async () => {
    await new Promise((resolve) => setImmediate(resolve))
    await applyAll(stores, [flagged('m1'), flagged('m2')])
    await stores.cases.decide(ID, { decision: 'escalate' }, LATER)
    await stores.cases.decide(ID, { decision: 'ban' }, LATER)
    await stores.cases.decide(ID, { decision: 'undo' }, LATER)
  })

  expect(kindsOf(events)).toEqual(['opened', 'updated', 'updated', 'decided', 'reopened'])
  expect(events.every((event) => event.case.id === ID)).toBe(true)
})

testStores('an event wakes a waiting reader well before the next poll', async (stores) => {
  const waiting = take(stores, null, 1)
  await new Promise((resolve) => setTimeout(resolve, 150))
  const startMs = performance.now()
  await applyAll(stores, [flagged('m1')])

  await waiting

  expect(performance.now() - startMs).toBeLessThan(300)
})

testStores('events replay after the last id that a reader saw', async (stores) => {
  const seen = await take(stores, null, 1, () => applyAll(stores, [flagged('m1')]))
  await applyAll(stores, [flagged('m2'), flagged('m3')])

  const replayed = await take(stores, seen[0]?.id ?? null, 2)

  expect(kindsOf(replayed)).toEqual(['updated', 'updated'])
  const ids = [...seen, ...replayed].map((event) => event.id)
  expect(new Set(ids).size).toBe(3)
})

testStores('a last id that is none of ours starts from now', async (stores) => {
  await applyAll(stores, [flagged('m1')])
  for (const id of ['x', '-1', "1' OR 1", '9'.repeat(30)]) {
    const messageId = `m-${id}`
    const events = await take(stores, id, 1, () => applyAll(stores, [flagged(messageId)]))
    expect(kindsOf(events)).toEqual(['updated'])
  }
})

testStores('the event stream ends when its signal aborts', async ({ cases }) => {
  const controller = new AbortController()
  const iterator = cases.events(null, controller.signal)[Symbol.asyncIterator]()
  const next = iterator.next()

  controller.abort()

  expect(await next).toMatchObject({ done: true })
})
