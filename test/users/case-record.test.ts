import { expect, test } from 'vitest'
import type { CaseLine } from '../../src/domain/case.js'
import { decodeLine, encodeLine, mustNotRepeat } from '../../src/users/case-record.js'

const line = (messageId: string): CaseLine => ({
  text: '시발점 \u0000 😀 \ud800',
  messageId,
  title: 'a title',
  scores: { abusive: 0.123456789012345, profanity: 0, insult: 1, hate: 0, sexual: 0, threat: 0, mild: 0 },
  spans: [{ start: 0, end: 2, category: 'insult', view: 'title' }],
  sentAt: '2026-01-01T00:00:00Z',
  fragments: ['시', '발'],
  reasons: [],
})

test('a line comes back as it was', () => {
  expect(decodeLine(encodeLine(line('m1'), Date.UTC(2026, 0)))).toEqual(line('m1'))
})

test('encoded lines sort by event time, then by message id', () => {
  const times = ['0000', '1969', '1970', '2026', '9999'].map((year) => Date.parse(`${year}-06-01T00:00:00Z`))
  const encoded = times.flatMap((time) => ['a', 'b'].map((id) => encodeLine(line(id), time)))

  expect(encoded.toSorted()).toEqual(encoded)
  expect(new Set(encoded.map((e) => e.indexOf('{'))).size).toBe(1)
})

test('only strikes, evidence and verdicts must not repeat', () => {
  const effect = { messageId: 'm', user: { channelId: 'c', userId: 'u' }, sentAtMs: 0 }

  expect(mustNotRepeat({ ...effect, fragments: [] })).toBe(false)
  expect(mustNotRepeat({ ...effect, strikeWeight: 0 })).toBe(true)
  expect(mustNotRepeat({ ...effect, verdict: { key: 'k', value: '{}' } })).toBe(true)
})
