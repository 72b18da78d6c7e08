import { expect, test } from 'vitest'
import {
  currentOf,
  MAX_PROMOTIONS,
  type Promotion,
  type Promotions,
  previousOf,
  withPromoted,
  withRolledBack,
} from '../../src/model/promotions.js'

const promotionOf = (name: string): Promotion => ({
  id: name,
  version: '1.0.0',
  folder: `/models/${name}`,
  manifestSha256: name.charCodeAt(0).toString(16).padStart(64, '0'),
  promotedAt: '2026-11-26T00:00:00.000Z',
})

const promoted = (...names: readonly string[]): Promotions =>
  names.map(promotionOf).reduce<Promotions>(withPromoted, [])

const BACK_AT = '2026-11-27T00:00:00.000Z'

test('nothing promoted is nothing current', () => {
  expect([currentOf([]), previousOf([])]).toEqual([undefined, undefined])
})

test('the last promotion is current, and the one before it is what a rollback goes to', () => {
  const promotions = promoted('a', 'b', 'c')

  expect([currentOf(promotions)?.id, previousOf(promotions)?.id]).toEqual(['c', 'b'])
})

test('a rollback keeps the history and marks what it left', () => {
  const promotions = withRolledBack(promoted('a', 'b'), BACK_AT)

  expect(currentOf(promotions)?.id).toBe('a')
  expect(promotions.map(({ id, rolledBackAt }) => [id, rolledBackAt])).toEqual([
    ['a', undefined],
    ['b', BACK_AT],
  ])
})

test('as many rollbacks as promotions leave nothing promoted, and one more changes nothing', () => {
  const none = withRolledBack(withRolledBack(promoted('a', 'b'), BACK_AT), BACK_AT)

  expect(currentOf(none)).toBeUndefined()
  expect(withRolledBack(none, '2026-12-01T00:00:00.000Z')).toEqual(none)
})

test('a rollback after a promotion skips what was rolled back earlier', () => {
  const promotions = withPromoted(withRolledBack(promoted('a', 'b'), BACK_AT), promotionOf('c'))

  expect(currentOf(withRolledBack(promotions, BACK_AT))?.id).toBe('a')
})

test('promoting what is current already changes nothing', () => {
  const promotions = promoted('a', 'b')

  expect(withPromoted(promotions, { ...promotionOf('b'), promotedAt: BACK_AT })).toBe(promotions)
})

test('the same folder with another content is another promotion', () => {
  const promotions = withPromoted(promoted('a'), { ...promotionOf('a'), manifestSha256: 'f'.repeat(64) })

  expect(promotions).toHaveLength(2)
})

test('the oldest promotions are forgotten', () => {
  const names = Array.from({ length: MAX_PROMOTIONS + 5 }, (_, i) => `m${i}`)
  const promotions = names
    .map(promotionOf)
    .reduce<Promotions>((all, each, i) => withPromoted(all, { ...each, folder: `/${i}` }), [])

  expect(promotions).toHaveLength(MAX_PROMOTIONS)
  expect(currentOf(promotions)?.id).toBe(names.at(-1))
})

test('what was rolled back is forgotten first: a rollback still goes to what stood before it', () => {
  const tried = Array.from({ length: MAX_PROMOTIONS + 5 }, (_, i) => promotionOf(`m${i}`))
  const stable = tried.reduce<Promotions>(
    (all, each) => withRolledBack(withPromoted(all, each), BACK_AT),
    promoted('a'),
  )

  const promotions = withPromoted(stable, promotionOf('z'))

  expect(promotions).toHaveLength(MAX_PROMOTIONS)
  expect([currentOf(promotions)?.id, previousOf(promotions)?.id]).toEqual(['z', 'a'])
  expect(promotions.at(-2)?.id).toBe(tried.at(-1)?.id)
})
