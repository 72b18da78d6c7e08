import { describe, expect, test } from 'vitest'
import { DECISIONS } from '../../src/domain/decision.js'
import { decideCase, decisionKey } from '../../src/queue/case-decision.js'
import type { CaseRecord, StoredCase } from '../../src/users/case-record.js'

const AT = '2026-01-15T12:01:00.000Z'
const VERSIONS = { model: 'm', tokenizer: 't', canonicaliser: 'c', thresholds: 'h', rules: 'r' }

const stored = (changes: Partial<CaseRecord> = {}): StoredCase => ({
  record: {
    id: 'c1',
    state: 'open',
    channel: { id: 'ch', name: 'Channel' },
    user: { id: 'u', name: 'User' },
    strikes: 2,
    lines: [],
    versions: VERSIONS,
    openedAt: '2026-01-15T12:00:00.000Z',
    updatedAt: '2026-01-15T12:00:00.000Z',
    ...changes,
  },
  revision: 4,
  jobId: 'c1-r4',
  forgiven: null,
})

const decided = (kind: (typeof DECISIONS)[number]) =>
  stored({ state: 'decided', decision: { kind, at: '2026-01-15T12:00:30.000Z' } })

describe('an open case', () => {
  test.each(DECISIONS.filter((d) => d !== 'undo' && d !== 'escalate'))(
    '%s closes it and its job',
    (decision) => {
      expect(decideCase(stored(), { decision }, AT)).toMatchObject({
        after: { state: 'decided', updatedAt: AT, decision: { kind: decision, at: AT } },
        event: 'decided',
        closedJobId: 'c1-r4',
        record: { id: 'c1-d5', decision, decidedAt: AT },
      })
    },
  )

  test('a claimed case can be decided and stays claimed when escalated', () => {
    const claimed = stored({ state: 'claimed' })

    expect(decideCase(claimed, { decision: 'ban' }, AT)?.after.state).toBe('decided')
    expect(decideCase(claimed, { decision: 'escalate' }, AT)?.after.state).toBe('claimed')
  })

  test('escalate keeps its job', () => {
    const decision = decideCase(stored(), { decision: 'escalate' }, AT)

    expect(decision).toMatchObject({ event: 'updated', strikes: 'keep', revision: 4 })
    expect(decision).not.toHaveProperty('closedJobId')
  })

  test('undo conflicts', () => {
    expect(decideCase(stored(), { decision: 'undo' }, AT)).toBeNull()
    expect(
      decideCase(stored({ decision: { kind: 'escalate', at: AT } }), { decision: 'undo' }, AT),
    ).toBeNull()
  })

  test('note and seconds are recorded when given, and absent when not', () => {
    const withBoth = decideCase(stored(), { decision: 'timeout', note: 'calm down', seconds: 600 }, AT)

    expect(withBoth?.record).toMatchObject({ note: 'calm down', seconds: 600 })
    expect(withBoth?.after.decision).toEqual({ kind: 'timeout', at: AT, note: 'calm down' })
    expect(decideCase(stored(), { decision: 'ban' }, AT)?.record).not.toHaveProperty('note')
    expect(decideCase(stored(), { decision: 'ban' }, AT)?.record).not.toHaveProperty('seconds')
  })
})

describe('a decided case', () => {
  test.each(DECISIONS.filter((d) => d !== 'undo'))('%s conflicts', (decision) => {
    expect(decideCase(decided('ban'), { decision }, AT)).toBeNull()
  })

  test('undo opens it again under a new job, with the decision taken off', () => {
    const decision = decideCase(decided('ban'), { decision: 'undo' }, AT)

    expect(decision).toMatchObject({ event: 'reopened', openedJobId: 'c1-r5', strikes: 'restore' })
    expect(decision?.after).toMatchObject({
      state: 'open',
      updatedAt: AT,
      openedAt: stored().record.openedAt,
    })
    expect(decision?.after).not.toHaveProperty('decision')
  })
})

test('only acting decisions are dry runs, and the undo of one', () => {
  const dryRuns = DECISIONS.filter((decision) => {
    const target = decision === 'undo' ? decided('dismiss') : stored()
    return decideCase(target, { decision }, AT)?.record.dryRun
  })

  expect(dryRuns).toEqual(['warn', 'timeout', 'ban', 'delete'])
  expect(decideCase(decided('ban'), { decision: 'undo' }, AT)?.record.dryRun).toBe(true)
})

test('only dismiss and allow forgive', () => {
  const forgiving = DECISIONS.filter(
    (decision) => decideCase(stored(), { decision }, AT)?.strikes === 'forgive',
  )

  expect(forgiving).toEqual(['dismiss', 'allow'])
})

test('a decision has the key of the user’s messages', () => {
  const decision = decideCase(stored(), { decision: 'ban' }, AT)

  expect(decision && decisionKey(decision.record)).toBe('ch:u')
})
