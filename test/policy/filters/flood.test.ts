import { expect, test } from 'vitest'
import { findFlood } from '../../../src/policy/filters/flood.js'

const sentAt = (...seconds: readonly number[]) =>
  seconds.map((second) => ({ sentAtMs: second * 1000, fingerprint: null }))
const find = (at: number, ...earlier: readonly number[]) =>
  findFlood({ sentAtMs: at * 1000, fingerprint: null }, sentAt(...earlier), { messages: 4, seconds: 10 })

test('messages are evidence from the limit on, the one in hand included', () => {
  expect(find(3, 1, 2)).toBeNull()
  expect(find(4, 1, 2, 3)).toEqual({ filter: 'flood', score: 0.5, value: 4, limit: 4 })
  expect(find(8, 1, 2, 3, 4, 5, 6, 7)).toMatchObject({ score: 1, value: 8 })
})

test('only those of the last seconds count', () => {
  expect(find(11, 1, 2, 3)).toBeNull()
  expect(find(10.9, 1, 2, 3)).not.toBeNull()
})

test('a late message is counted with those before it, not with those after it', () => {
  expect(find(2, 1, 3, 4, 5)).toBeNull()
})
