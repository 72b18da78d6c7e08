import { expect, test } from 'vitest'
import { configSchema } from '../src/config-schema.js'
import { TERM_LIMITS } from '../src/policy/channel-settings.js'

const issuesOf = (channels: unknown): readonly string[] => {
  const parsed = configSchema.safeParse({ channels })
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const PER_CHANNEL = 10_000
const listOf = (letters: number) => ({
  terms: Array.from({ length: letters / 100 }, () => ({
    kind: 'deny',
    text: '가'.repeat(100),
    author: 'mod',
  })),
})
const channelsOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`c${n}`, listOf(PER_CHANNEL)]))

const MOST = TERM_LIMITS.lettersInAll / PER_CHANNEL

test('the terms of all channels together have a limit', () => {
  expect(issuesOf(channelsOf(MOST))).toEqual([])
  expect(issuesOf({ default: listOf(100), ...channelsOf(MOST) })).toEqual([
    `channels: the terms of all channels together must have at most ${TERM_LIMITS.lettersInAll} letters, these have ${TERM_LIMITS.lettersInAll + 100}`,
  ])
})

test('it is told beside whatever else is wrong', () => {
  const issues = issuesOf({ ...channelsOf(MOST + 1), bad: { terms: [{ kind: 'alow' }], ladder: 1 } })

  expect(issues).toHaveLength(5)
  expect(issues.join('\n')).toMatch(/^channels: /m)
})
