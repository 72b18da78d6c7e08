import { describe, expect, test } from 'vitest'
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

test('what is wrong with a kind hides nothing else that is wrong', () => {
  const issues = issuesOf([{ kind: 'alow', text: '@somebody', author: '', expires: 'soon', colour: 'red' }])

  expect(issues).toHaveLength(5)
  for (const expected of ['0.kind', '0.text', '0.author', '0.expires', 'colour'])
    expect(issues.join('\n')).toContain(expected)
})

test.each(['', ' ', '\u200b'])('a text that says nothing (%j) is one problem', (text) => {
  expect(issuesOf([term({ text })])).toEqual([
    expect.stringMatching(/^channels\.one\.terms\.0\.text: has no/),
  ])
})

test('a term that is no mapping is one problem, and hides no other', () => {
  expect(issuesOf(['나쁨', null, term({ author: '' })])).toHaveLength(3)
})

describe('how many terms there may be', () => {
  const many = (count: number, length: number) =>
    Array.from({ length: count }, () => term({ text: '가'.repeat(length) }))

  test('a list has its limit, and so have its letters', () => {
    expect(issuesOf(many(TERM_LIMITS.terms, 10))).toEqual([])
    expect(issuesOf(many(TERM_LIMITS.terms + 1, 1))).toEqual([
      expect.stringMatching(/^channels\.one\.terms: .*10000/),
    ])
    expect(issuesOf(many(1_001, 100))).toEqual([
      expect.stringMatching(/^channels\.one\.terms: .*100000 letters/),
    ])
  })

  test('both are told at once, with what is wrong in the terms', () => {
    const issues = issuesOf([...many(TERM_LIMITS.terms, 11), term({ kind: 'alow' })])

    expect(issues).toHaveLength(3)
    for (const expected of [/terms: .*10000/, /terms: .*100000 letters/, /terms\.10000\.kind/])
      expect(issues.join('\n')).toMatch(expected)
  })
})
