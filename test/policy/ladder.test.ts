import { expect, test } from 'vitest'
import { DEFAULT_LADDER, suggest } from '../../src/policy/ladder.js'

test('the suggested step rises with the strikes', () => {
  expect([0, 1.99, 2, 5.99, 6, 100].map((strikes) => suggest(strikes, DEFAULT_LADDER))).toEqual([
    'warn',
    'warn',
    'timeout',
    'timeout',
    'ban',
    'ban',
  ])
})
