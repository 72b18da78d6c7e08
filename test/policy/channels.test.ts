import { expect, test } from 'vitest'
import { DEFAULT_CHANNEL_SETTINGS, mergeSettings, type Term } from '../../src/policy/channel-settings.js'
import { createChannels } from '../../src/policy/channels.js'

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

test('the version is that of terms, thresholds and filters, and of nothing else', () => {
  const channels = createChannels(defaults, {
    same: { exemptRoles: [] },
    other: { terms: [term('여기')] },
    strict: { thresholds: { abusive: 0.4 } },
    filtered: { filters: { zalgo: { marks: 6 } } },
  })

  expect(channels('same').version).toBe(channels('nobody').version)
  expect(new Set(['nobody', 'other', 'strict', 'filtered'].map((id) => channels(id).version)).size).toBe(4)
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
