import { expect, test } from 'vitest'
import type { Scores } from '../../src/domain/verdict.js'
import { decide } from '../../src/policy/decide.js'

const NONE: Scores = { abusive: 0, profanity: 0, insult: 0, hate: 0, sexual: 0, threat: 0, mild: 0 }
const LIMITS: Scores = {
  abusive: 0.5,
  profanity: 0.5,
  insult: 0.5,
  hate: 0.5,
  sexual: 0.5,
  threat: 0.5,
  mild: 0.5,
}

const flagged = (scores: Partial<Scores>, denied: readonly string[] = []) =>
  ({ verdict: 'flag', scores: { ...NONE, ...scores }, denied }) as const

test('a clean or mild verdict gives no strike', () => {
  for (const verdict of ['clean', 'mild'] as const) {
    expect(decide({ verdict, scores: { ...NONE, mild: 1 }, denied: [] }, [], LIMITS, [])).toEqual({
      kind: 'none',
      reasons: [],
    })
  }
})

test('the heaviest category that fired sets the weight, confidence scales it', () => {
  const decision = decide(flagged({ abusive: 0.8, profanity: 0.9, threat: 0.6 }), [], LIMITS, [])

  expect(decision).toEqual({
    kind: 'review',
    strikeWeight: 2.4,
    reasons: ['model:profanity', 'model:threat'],
  })
})

test('a flag of which no category is sure weighs one', () => {
  expect(decide(flagged({ abusive: 0.5 }), [], LIMITS, [])).toMatchObject({ strikeWeight: 0.5 })
})

test('a denied term is a reason', () => {
  expect(decide(flagged({ abusive: 1 }, ['무관팀']), [], LIMITS, [])).toMatchObject({
    reasons: ['term:무관팀'],
  })
})

test('what chat filters found is told after the reasons, and is never a reason alone', () => {
  const evidence = [{ filter: 'caps', score: 1, value: 1, limit: 0.7 }] as const
  const clean = { verdict: 'clean', scores: NONE, denied: [], evidence } as const

  expect(decide({ ...flagged({ abusive: 0.5 }), evidence }, [], LIMITS, [])).toEqual({
    kind: 'review',
    strikeWeight: 0.5,
    reasons: ['model:abusive', 'filter:caps'],
  })
  expect(decide(clean, [], LIMITS, [])).toEqual({ kind: 'none', reasons: [] })
})

test('exempt roles get neither strikes nor a case', () => {
  const decision = decide(flagged({ abusive: 1 }), ['subscriber', 'moderator'], LIMITS, ['moderator'])

  expect(decision).toEqual({ kind: 'none', reasons: ['exempt:moderator'] })
})
