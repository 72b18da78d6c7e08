import { expect, test } from 'vitest'
import { configSchema } from '../src/config-schema.js'
import { TERM_LIMITS } from '../src/policy/channel-settings.js'

const issuesOf = (terms: readonly unknown[]): readonly string[] => {
  const parsed = configSchema.safeParse({ channels: { one: { terms } } })
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const term = (more: object) => ({ kind: 'deny', text: '나쁨', author: 'mod', ...more })

test('each kind of term has what it needs', () => {
  expect(
    issuesOf([
      term({}),
      term({ expires: '2027-01-01T00:00:00+09:00' }),
      term({ kind: 'allow-here' }),
      term({ kind: 'allow-user', userId: 'u' }),
      term({ kind: 'allow-once', messageId: 'm' }),
    ]),
  ).toEqual([])
})

test.each([
  [
    'a kind that nobody knows',
    term({ kind: 'alow' }),
    /terms\.0.*kind.*deny, allow-once, allow-here, allow-user/,
  ],
  ['no kind', { text: '나쁨', author: 'mod' }, /terms\.0.*kind/],
  ['allow-once without its message', term({ kind: 'allow-once' }), /terms\.0\.messageId/],
  ['a message on another kind', term({ messageId: 'm' }), /terms\.0.*messageId/],
  ['a user on another kind', term({ kind: 'allow-once', messageId: 'm', userId: 'u' }), /terms\.0.*userId/],
  ['a text of invisible characters', term({ text: '\u200b' }), /terms\.0\.text: has no letters/],
  ['a mention, which would be every mention', term({ text: '@somebody' }), /terms\.0\.text.*mention/],
  [
    'a link, which would be every link',
    term({ text: 'evil.example/a https://a.kr' }),
    /terms\.0\.text.*link/,
  ],
  ['a text that is too long', term({ text: '가'.repeat(TERM_LIMITS.length + 1) }), /terms\.0\.text/],
])('%s is refused', (_, bad, expected) => {
  expect(issuesOf([bad]).join('\n')).toMatch(expected)
})

test('all problems of all terms are reported at once', () => {
  const issues = issuesOf([{ kind: 'allow-once', text: '' }, term({ expires: 'soon', userId: 'u' })])

  for (const expected of ['0.text', '0.author', '0.messageId', '1.expires', 'userId'])
    expect(issues.join('\n')).toContain(expected)
})

test('there is a limit on how many terms a channel has, and on their letters together', () => {
  const many = (count: number, length: number) =>
    Array.from({ length: count }, () => term({ text: '가'.repeat(length) }))

  expect(issuesOf(many(TERM_LIMITS.terms, 10))).toEqual([])
  expect(issuesOf(many(TERM_LIMITS.terms + 1, 1)).join()).toMatch(/channels\.one\.terms: .*10000/)
  expect(issuesOf(many(1_001, 100)).join()).toMatch(/channels\.one\.terms: .*100000 letters/)
})
