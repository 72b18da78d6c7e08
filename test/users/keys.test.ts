import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseIdOf, seenSegment, segment, userSegment } from '../../src/users/keys.js'

const anyId = fc.string({ unit: 'binary', maxLength: 300 })

test('plain ids are readable', () => {
  expect(userSegment({ channelId: '12345', userId: 'some_user' })).toBe('12345:some_user')
})

test('a segment is short printable ASCII without a colon, whatever the id', () => {
  const ids = fc.oneof(
    anyId,
    fc.constantFrom('a:b', '\ud800', 'x'.repeat(65_536), '가'.repeat(200), '\u0000'),
  )

  fc.assert(
    fc.property(ids, (id) => {
      expect(segment(id)).toMatch(/^[!-9;-~]{0,200}$/)
    }),
  )
})

test('different ids have different segments', () => {
  const long = 'x'.repeat(300)
  const ids = [
    '',
    '#',
    '%23',
    '\ud800',
    '\udfff',
    '\ufffd',
    `${long}a`,
    `${long}b`,
    'a',
    'A',
    segment(`${long}a`),
  ]

  expect(new Set(ids.map(segment)).size).toBe(ids.length)
  fc.assert(
    fc.property(anyId, anyId, (a, b) => {
      expect(segment(a) === segment(b)).toBe(a === b)
    }),
  )
})

test('a case id is fixed by channel, user and message, and fit to be a job id', () => {
  const user = { channelId: 'ch1', userId: 'u1' }

  expect(caseIdOf(user, 'm1')).toMatch(/^c[0-9a-f]{20}$/)
  expect(caseIdOf(user, 'm1')).toBe(caseIdOf({ ...user }, 'm1'))
  const others = [caseIdOf(user, 'm2'), caseIdOf({ ...user, userId: 'u2' }, 'm1'), caseIdOf(user, '')]
  expect(new Set([caseIdOf(user, 'm1'), ...others]).size).toBe(4)
})

test('the parts of an id cannot run into each other', () => {
  expect(caseIdOf({ channelId: 'a', userId: 'bc' }, 'd')).not.toBe(
    caseIdOf({ channelId: 'ab', userId: 'c' }, 'd'),
  )
  expect(seenSegment({ channelId: 'a', userId: '","b' }, 'c')).not.toBe(
    seenSegment({ channelId: 'a","', userId: 'b' }, 'c'),
  )
})
