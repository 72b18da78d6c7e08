import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type { Case, CaseLine } from '../../src/domain/case.js'
import type { DecisionRecord } from '../../src/domain/decision.js'
import type { FilterEvidence } from '../../src/domain/filter-evidence.js'
import type { Span, Verdict, ViewName } from '../../src/domain/verdict.js'
import { packageRoot } from '../../src/package-root.js'
import { decode } from '../../src/sources/decode.js'
import {
  type caseSchema,
  type decisionSchema,
  type evidenceSchema,
  type lineSchema,
  publishedSchemas,
  type spanSchema,
  type verdictSchema,
} from './published-schemas.js'

const read = (name: string) =>
  JSON.parse(readFileSync(join(packageRoot, 'src/domain/schema', `${name}.schema.json`), 'utf8'))

const ajv = new Ajv2020({ formats: { 'date-time': true } })
const accepts = (name: string, value: unknown): boolean => ajv.compile(read(name))(value) === true

test.each(Object.entries(publishedSchemas))(
  '%s.schema.json is up to date (see write-schemas.ts)',
  (name, schema) => {
    expect(read(name)).toEqual(schema)
  },
)

test('the schemas of what Haechi writes name the fields of its types', () => {
  expectTypeOf<keyof z.infer<typeof verdictSchema>>().toEqualTypeOf<keyof Verdict>()
  expectTypeOf<keyof z.infer<typeof spanSchema>>().toEqualTypeOf<keyof Span>()
  expectTypeOf<z.infer<typeof spanSchema>['view']>().toEqualTypeOf<ViewName>()
  expectTypeOf<keyof z.infer<typeof evidenceSchema>>().toEqualTypeOf<keyof FilterEvidence>()
  expectTypeOf<keyof z.infer<typeof decisionSchema>>().toEqualTypeOf<keyof DecisionRecord>()
  expectTypeOf<keyof z.infer<typeof caseSchema>>().toEqualTypeOf<keyof Case>()
  expectTypeOf<keyof z.infer<typeof lineSchema>>().toEqualTypeOf<keyof CaseLine>()
})

const versions = { model: 'm@1', tokenizer: 't', canonicaliser: '1', thresholds: 'x', rules: 'none' }
const scores = { abusive: 0.9, profanity: 0.8, insult: 0.1, hate: 0, sexual: 0, threat: 0, mild: 0.2 }
const spans = [{ start: 0, end: 2, category: 'profanity', view: 'canonical' }] as const

const verdict: Verdict = {
  messageId: 'm',
  source: 'twitch',
  channelId: 'c',
  userId: 'u',
  sentAt: '2026-03-01T21:00:00+09:00',
  verdict: 'flag',
  scores,
  spans,
  truncated: true,
  versions,
  decidedAt: '2026-03-01T12:00:00.000Z',
}

const caps: FilterEvidence = { filter: 'caps', score: 0.8, value: 0.9, limit: 0.7 }

const decision: DecisionRecord = {
  id: 'd',
  caseId: 'k',
  channelId: 'c',
  userId: 'u',
  decision: 'timeout',
  seconds: 600,
  note: '반복',
  dryRun: true,
  messageIds: ['m'],
  versions,
  decidedAt: '2026-03-01T12:00:00.000Z',
}

const openCase: Case = {
  id: 'k',
  state: 'open',
  channel: { id: 'c', name: 'haru' },
  user: { id: 'u', name: '1' },
  strikes: 1.5,
  lines: [{ messageId: 'm', text: '…', scores, spans, sentAt: verdict.sentAt, reasons: ['profanity'] }],
  versions,
  openedAt: '2026-03-01T12:00:00.000Z',
  updatedAt: '2026-03-01T12:00:00.000Z',
  suggestion: 'warn',
}

describe('what Haechi writes fits its schema', () => {
  test.each([
    ['verdict', verdict],
    ['verdict', { ...verdict, evidence: [caps] }],
    ['case', { ...openCase, lines: [{ ...openCase.lines[0], evidence: [caps] }] }],
    ['decision', decision],
    ['case', openCase],
    ['case', { ...openCase, state: 'decided', decision: { kind: 'ban', at: openCase.openedAt } }],
  ])('%s', (name, value) => {
    expect(accepts(name, value)).toBe(true)
    expect(accepts(name, { ...value, addedLater: 1 })).toBe(true)
  })

  test.each([
    ['verdict', { ...verdict, scores: { ...scores, mild: undefined } }],
    ['verdict', { ...verdict, scores: { ...scores, abusive: 1.2 } }],
    ['verdict', { ...verdict, verdict: 'maybe' }],
    ['verdict', { ...verdict, evidence: [{ ...caps, filter: 'rude' }] }],
    ['verdict', { ...verdict, evidence: [{ ...caps, score: 1.1 }] }],
    ['verdict', { ...verdict, spans: [{ start: -1, end: 2, category: 'hate', view: 'raw' }] }],
    ['decision', { ...decision, seconds: 0 }],
    ['decision', { ...decision, dryRun: undefined }],
    ['case', { ...openCase, state: 'closed' }],
    ['case', { ...openCase, user: 'u' }],
  ])('%s: a wrong one does not', (name, value) => {
    expect(accepts(name, JSON.parse(JSON.stringify(value)))).toBe(false)
  })
})

describe('the message schema and the decoder agree', () => {
  const good = {
    id: 'm',
    source: 'twitch',
    channel: { id: 'c' },
    author: { id: 'u' },
    text: 'a',
    sentAt: '2026-03-01T12:00:00Z',
  }

  test.each([
    good,
    { ...good, text: '', title: null, extra: 1 },
    {
      ...good,
      author: { id: 'u', name: 'n', roles: ['vip', 'artist'] },
      emotes: [{ id: '1', start: 0, end: 1 }],
    },
    { ...good, id: '' },
    { ...good, id: 1 },
    { ...good, channel: {} },
    { ...good, emotes: [{ id: '1', start: -1, end: 1 }] },
    { ...good, author: { id: 'u', roles: [1] } },
    { ...good, sentAt: 5 },
    [good],
  ])('on %j', (value) => {
    const decoded = decode({ value: Buffer.from(JSON.stringify(value)) }, Date.parse(good.sentAt))

    expect(accepts('message', value)).toBe(decoded.kind === 'message')
  })
})
