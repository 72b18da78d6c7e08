import { describe, expect, test } from 'vitest'
import {
  type ChannelSettings,
  DEFAULT_CHANNEL_SETTINGS,
  mergeSettings,
  type Term,
} from '../../src/policy/channel-settings.js'
import { createChannels } from '../../src/policy/channels.js'
import { makeViews } from '../../src/text/views.js'

const term = (text: string): Term => ({ kind: 'deny', text, author: 'mod' })
const defaults = {
  ...DEFAULT_CHANNEL_SETTINGS,
  thresholds: { abusive: 0.5, hate: 0.4 },
  terms: [term('모두')],
}

test('a channel without settings of its own has those of all', () => {
  expect(createChannels(defaults, {})('anything').settings).toEqual(defaults)
})

test('a channel keeps the defaults that it does not change', () => {
  const { settings } = createChannels(defaults, { one: { thresholds: { abusive: 0.9 } } })('one')

  expect(settings).toEqual({ ...defaults, thresholds: { abusive: 0.9, hate: 0.4 } })
})

test("a channel's terms come on top of everybody's, and its roles instead of them", () => {
  const { settings } = createChannels(defaults, { one: { terms: [term('여기')], exemptRoles: ['vip'] } })(
    'one',
  )

  expect(settings.terms.map(({ text }) => text)).toEqual(['모두', '여기'])
  expect(settings.exemptRoles).toEqual(['vip'])
})

describe('the version', () => {
  const FILTERS = { zalgo: { marks: 6 }, caps: { minLetters: 20, share: 0.7 } }
  const versionsOf = (own: Parameters<typeof createChannels>[1]): readonly string[] => {
    const channels = createChannels(defaults, own)
    return ['nobody', ...Object.keys(own)].map((id) => channels(id).version)
  }

  test('is another one for other terms, thresholds and filters', () => {
    const versions = versionsOf({
      other: { terms: [term('여기')] },
      more: { terms: [term('여기'), term('저기')] },
      turned: { terms: [term('저기'), term('여기')] },
      strict: { thresholds: { abusive: 0.4 } },
      filtered: { filters: FILTERS },
      milder: { filters: { ...FILTERS, zalgo: { marks: 7 } } },
    })

    expect(new Set(versions).size).toBe(versions.length)
  })

  test('is another one for other exempt roles where filters are on: they are not filtered', () => {
    const versions = versionsOf({
      filtered: { filters: FILTERS },
      everybody: { filters: FILTERS, exemptRoles: [] },
      others: { filters: FILTERS, exemptRoles: ['vip'] },
    })

    expect(new Set(versions).size).toBe(versions.length)
  })

  test('is the same where nothing differs that a verdict shows', () => {
    const versions = versionsOf({
      unfiltered: { exemptRoles: [] },
      off: { filters: { zalgo: undefined } },
      laddered: { ladder: { timeout: 1, ban: 2 } },
      empty: { terms: [] },
      turned: { thresholds: { hate: 0.4, abusive: 0.5 } },
    })

    expect(new Set(versions).size).toBe(1)
  })

  test('is the same for equal filters and roles, in whatever order they were given', () => {
    const { zalgo, caps } = FILTERS
    const shared = { ...defaults, filters: { zalgo } }
    const versions = [
      createChannels(defaults, { one: { filters: { caps, zalgo } } })('one').version,
      createChannels(defaults, { one: { filters: { zalgo, caps } } })('one').version,
      createChannels(shared, { one: { filters: { caps: { share: 0.7, minLetters: 20 } } } })('one').version,
      createChannels(shared, { one: { filters: { caps }, exemptRoles: ['moderator', 'broadcaster'] } })('one')
        .version,
    ]

    expect(new Set(versions).size).toBe(1)
  })

  test('is the same wherever a term was given', () => {
    const shared = { ...defaults, terms: [...defaults.terms, term('여기')] }

    expect(createChannels(shared, {})('one').version).toBe(
      createChannels(defaults, { one: { terms: [term('여기')] } })('one').version,
    )
  })
})

describe('many channels cost what one does', () => {
  const fifty = (own: (n: number) => Partial<ChannelSettings>) =>
    Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`c${n}`, own(n)]))

  test('those without terms of their own have the rules of all', () => {
    const channels = createChannels(defaults, { one: { thresholds: { abusive: 0.9 } }, two: { terms: [] } })

    expect(channels('one').rules).toBe(channels('nobody').rules)
    expect(channels('two').rules).toBe(channels('nobody').rules)
    expect(channels('two').settings.terms).toBe(defaults.terms)
  })

  test.each([
    ['that set a threshold', fifty(() => ({ thresholds: { abusive: 0.9 } }))],
    ['that add a term', fifty((n) => ({ terms: [term(`우리${n}`)] }))],
  ])('no term of all is read again for channels %s', (_, own) => {
    const readsWith = (channels: Parameters<typeof createChannels>[1]): number => {
      let reads = 0
      const counted: Term = {
        ...term('모두'),
        get text() {
          reads += 1
          return '모두'
        },
      }
      createChannels({ ...defaults, terms: [counted] }, channels)
      return reads
    }

    expect(readsWith({})).toBeGreaterThan(0)
    expect(readsWith(own)).toBe(readsWith({}))
  })
})

test("a channel's term decides over the same term of all", () => {
  const channels = createChannels(defaults, { one: { terms: [{ ...term('모두'), kind: 'allow-here' }] } })
  const { views } = makeViews({ text: '모두', emotes: [], kind: 'chat' })
  const deniedIn = (id: string) =>
    channels(id).rules.apply(views, { messageId: 'm', userId: 'u', atMs: 0 }).denied

  expect(deniedIn('nobody')).toHaveLength(1)
  expect(deniedIn('one')).toEqual([])
})

test.each(['__proto__', 'constructor', 'toString'])('a channel called %s is one like any other', (id) => {
  expect(createChannels(defaults, {})(id).settings).toEqual(defaults)
})

test('settings are compiled once, not for each message', () => {
  const channels = createChannels(defaults, { one: {} })

  expect(channels('one')).toBe(channels('one'))
  expect(channels('x')).toBe(channels('y'))
})

test('merging nothing changes nothing', () => {
  expect(mergeSettings(defaults, {})).toEqual(defaults)
})
