import { expect, test } from 'vitest'
import type { Scores } from '../../src/domain/verdict.js'
import { judge } from '../../src/model/judge.js'
import { perCategory } from '../../src/model/per-category.js'

const thresholds = { ...perCategory(() => 0.5), abusive: 0.7 }
const scoresWith = (some: Partial<Scores>): Scores => ({ ...perCategory(() => 0.1), ...some })

test('a score at its threshold counts', () => {
  expect(judge(scoresWith({ abusive: 0.7 }), thresholds)).toBe('flag')
})

test('another category than abusive makes a line mild, however high', () => {
  expect(judge(scoresWith({ abusive: 0.69, insult: 0.99 }), thresholds)).toBe('mild')
})

test('swearing for emphasis is mild', () => {
  expect(judge(scoresWith({ mild: 0.5 }), thresholds)).toBe('mild')
})

test('a line below every threshold is clean', () => {
  expect(judge(scoresWith({ abusive: 0.69, threat: 0.49 }), thresholds)).toBe('clean')
})
