import { expect, test } from 'vitest'
import { channelsOf } from '../src/app-judging.js'
import { configSchema } from '../src/config-schema.js'
import { FILTERS } from '../src/domain/filter-evidence.js'
import { DEFAULT_CAPS } from '../src/policy/filters/caps.js'
import { hasFilters } from '../src/policy/filters/filters.js'
import { DEFAULT_FLOOD } from '../src/policy/filters/flood.js'
import { RECENT_LIMITS } from '../src/recent-messages.js'

const parse = (channels: unknown) => configSchema.parse({ channels })
const filtersOf = (channels: unknown, id = 'one') => channelsOf(parse(channels))(id).settings.filters

const issuesOf = (filters: unknown): readonly string[] => {
  const parsed = configSchema.safeParse({ channels: { one: { filters } } })
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('every filter is off until a channel asks for it', () => {
  expect(hasFilters(filtersOf({}))).toBe(false)
  expect(hasFilters(filtersOf({ one: { filters: {} } }))).toBe(false)
})

test('true is the defaults, and what is given stands beside the others', () => {
  expect(filtersOf({ one: { filters: { flood: true, caps: { share: 0.9 } } } })).toEqual({
    flood: DEFAULT_FLOOD,
    caps: { ...DEFAULT_CAPS, share: 0.9 },
  })
})

test('each filter has a key, and each takes true', () => {
  const all = filtersOf({ one: { filters: Object.fromEntries(FILTERS.map((filter) => [filter, true])) } })

  expect(Object.keys(all).sort()).toEqual([...FILTERS].sort())
  expect(Object.values(all)).not.toContain(undefined)
})

test('a channel has the filters of all, and may change or switch off each', () => {
  const channels = {
    default: { filters: { caps: true, flood: true, zalgo: true } },
    one: { filters: { caps: false, flood: { messages: 4 } } },
  }

  const { caps, flood, zalgo } = filtersOf(channels)
  expect([caps, flood, zalgo]).toEqual([undefined, { ...DEFAULT_FLOOD, messages: 4 }, { marks: 6 }])
  expect(filtersOf(channels, 'other').caps).toEqual(DEFAULT_CAPS)
  expect(
    hasFilters(filtersOf({ default: { filters: { caps: true } }, one: { filters: { caps: false } } })),
  ).toBe(false)
})

test('the rules of a verdict name its filters, and without any they are what they were', () => {
  const version = (channels: unknown) => channelsOf(parse(channels))('one').version

  expect(version({ one: { filters: { caps: false } } })).toBe(version({}))
  expect(version({ one: { filters: { caps: true } } })).not.toBe(version({}))
  expect(version({ one: { filters: { caps: { share: 0.9 } } } })).not.toBe(
    version({ one: { filters: { caps: true } } }),
  )
})

test('domains are compared in lower case, and permits are kept', () => {
  const permit = { userId: 'u', until: '2026-05-01T12:00:00Z', author: 'mod' }
  const { links } = filtersOf({
    one: { filters: { links: { permitDomains: ['YouTube.com'], permits: [permit], permitRoles: [] } } },
  })

  expect(links).toEqual({ permitDomains: ['youtube.com'], permits: [permit], permitRoles: [] })
})

test.each([
  ['a filter that nobody knows', { capitals: true }, /filters.*capitals/],
  ['a setting that nobody knows', { caps: { letters: 3 } }, /filters\.caps.*letters/],
  ['a word in the place of a setting', { caps: 'on' }, /filters\.caps/],
  ['a share above 1', { caps: { share: 2 } }, /filters\.caps\.share/],
  ['one message as a flood', { flood: { messages: 1 } }, /filters\.flood\.messages/],
  ['a flood of an hour', { flood: { seconds: 3600 } }, /filters\.flood\.seconds/],
  ['a domain with a path', { links: { permitDomains: ['a.com/b'] } }, /permitDomains\.0.*domain/],
  ['a domain that is a suffix of many', { links: { permitDomains: ['com'] } }, /permitDomains\.0/],
  [
    'a permit without an end',
    { links: { permits: [{ userId: 'u', author: 'mod' }] } },
    /filters\.links\.permits\.0\.until/,
  ],
  ['a role nobody knows', { links: { permitRoles: ['king'] } }, /permitRoles\.0/],
])('%s is refused, with its place', (_, filters, expected) => {
  expect(issuesOf(filters).join('\n')).toMatch(expected)
})

test('all problems of all filters are reported at once', () => {
  const issues = issuesOf({ caps: { share: 2, minLetters: 0 }, zalgo: { marks: 0 } }).join('\n')

  for (const expected of ['caps.share', 'caps.minLetters', 'zalgo.marks']) expect(issues).toContain(expected)
})

test('the memory reaches as far as any setting asks, twice over', () => {
  expect(
    issuesOf({ flood: { messages: RECENT_LIMITS.maxPerUser / 2, seconds: RECENT_LIMITS.keepMs / 1000 } }),
  ).toEqual([])
  expect(issuesOf({ flood: { messages: RECENT_LIMITS.maxPerUser / 2 + 1 } })).toHaveLength(1)
  expect(issuesOf({ repetition: { seconds: RECENT_LIMITS.keepMs / 1000 + 1 } })).toHaveLength(1)
})
