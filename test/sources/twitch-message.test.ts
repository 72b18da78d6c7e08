import { describe, expect, test } from 'vitest'
import {
  createRepeatFilter,
  parseEmotes,
  type TwitchLine,
  toTwitchEnvelope,
} from '../../src/sources/twitch-message.js'

const line = (tags: Readonly<Record<string, unknown>>, text = '안녕'): TwitchLine => ({
  channel: '#haechi',
  tags: {
    id: 'm-1',
    'room-id': '501',
    'user-id': '77',
    username: 'otter',
    'tmi-sent-ts': '1767225600123',
    ...tags,
  },
  text,
  receivedAtMs: Date.UTC(2026, 0, 2),
})

const slice = (text: string, start: number, end: number): string => [...text].slice(start, end).join('')

describe('the envelope of a chat line', () => {
  test('is keyed by the ids of room and user, never by names', () => {
    expect(toTwitchEnvelope(line({ 'display-name': 'Otter' }))).toEqual({
      id: 'm-1',
      source: 'twitch',
      channel: { id: '501', name: 'haechi' },
      author: { id: '77', name: 'Otter', roles: [] },
      text: '안녕',
      emotes: [],
      sentAt: '2026-01-01T00:00:00.123Z',
    })
  })

  test.each([
    ['1', true],
    ['0', false],
    ['해치', '해치'],
    ['otter', ''],
    ['otter', null],
    ['otter', undefined],
  ])('names the author %s when tmi.js gives the display name %s', (name, value) => {
    expect(toTwitchEnvelope(line({ 'display-name': value }))?.author.name).toBe(name)
  })

  test('ids that tmi.js took for booleans are texts again', () => {
    const envelope = toTwitchEnvelope(line({ 'user-id': true, 'room-id': false }))

    expect(envelope?.author.id).toBe('1')
    expect(envelope?.channel.id).toBe('0')
  })

  test.each([
    ['broadcaster/1,subscriber/3012', {}, ['broadcaster', 'subscriber']],
    ['moderator/1', { mod: true }, ['moderator']],
    ['vip/1,founder/0', { vip: true }, ['vip', 'subscriber']],
    [null, { 'first-msg': true, subscriber: false, mod: false }, ['first-time']],
    ['constructor/1,__proto__/1,premium/1', {}, []],
  ])('badges %s and tags give the roles', (badges, tags, roles) => {
    expect(toTwitchEnvelope(line({ 'badges-raw': badges, ...tags }))?.author.roles).toEqual(roles)
  })

  test('a /me line is unwrapped, with or without its end', () => {
    expect(toTwitchEnvelope(line({}, '\u0001ACTION 춤춘다\u0001'))?.text).toBe('춤춘다')
    expect(toTwitchEnvelope(line({}, '\u0001ACTION 춤춘다'))?.text).toBe('춤춘다')
  })

  test('the invisible characters that clients append stay in the text', () => {
    expect(toTwitchEnvelope(line({}, 'gg \u{E0000}'))?.text).toBe('gg \u{E0000}')
    expect(toTwitchEnvelope(line({}, 'gg \u034F'))?.text).toBe('gg \u034F')
  })

  test('a reply names its parent', () => {
    expect(toTwitchEnvelope(line({ 'reply-parent-msg-id': 'm-0' }))?.replyTo).toBe('m-0')
  })

  test.each(['', 'soon', '-5', '9'.repeat(20)])(
    'with the sent time %s the time of arrival counts',
    (sent) => {
      expect(toTwitchEnvelope(line({ 'tmi-sent-ts': sent }))?.sentAt).toBe('2026-01-02T00:00:00.000Z')
    },
  )

  test.each(['id', 'room-id', 'user-id'])('without %s there is none', (tag) => {
    expect(toTwitchEnvelope(line({ [tag]: undefined }))).toBeNull()
  })
})

describe('emote positions', () => {
  test('count code points and become half-open', () => {
    const text = '😂🔥 Kappa 가 Kappa LUL'
    const emotes = toTwitchEnvelope(line({ 'emotes-raw': '425618:17-19/25:3-7,11-15' }, text))?.emotes

    expect(emotes?.map(({ id, start, end }) => [id, slice(text, start, end)])).toEqual([
      ['25', 'Kappa'],
      ['25', 'Kappa'],
      ['425618', 'LUL'],
    ])
  })

  test('in a /me line count from its own beginning', () => {
    const envelope = toTwitchEnvelope(line({ 'emotes-raw': '25:3-7' }, '\u0001ACTION 😂! Kappa\u0001'))

    expect(envelope?.emotes).toEqual([{ id: '25', start: 3, end: 8 }])
  })

  test('are clamped to the text, and dropped when nothing is left', () => {
    expect(parseEmotes('25:3-99/86:50-60', 8)).toEqual([{ id: '25', start: 3, end: 8 }])
  })

  test.each(['', '25', '25:', ':0-4', '25:4', '25:5-2', '25:-1-4', '25:a-b', '//,,::', '25:0-99999999999'])(
    'of the tag %s are none',
    (tag) => {
      expect(parseEmotes(tag, 10)).toEqual([])
    },
  )

  test('of ids with a colon keep the whole id', () => {
    expect(parseEmotes('emotesv2_a:b:0-1', 5)).toEqual([{ id: 'emotesv2_a:b', start: 0, end: 2 }])
  })
})

describe('the filter for repeated lines', () => {
  const home = { id: 'a', 'room-id': '501', 'source-id': 'a', 'source-room-id': '501' }
  const copy = { id: 'b', 'room-id': '502', 'source-id': 'a', 'source-room-id': '501' }

  test('lets the line through in its home room and stops its copies', () => {
    const isRepeat = createRepeatFilter((roomId) => roomId === '501')

    expect([copy, home, copy].map((tags) => isRepeat(line(tags)))).toEqual([true, false, true])
  })

  test('lets one copy through when the home room is not watched', () => {
    const isRepeat = createRepeatFilter(() => false)

    expect([copy, { ...copy, id: 'c', 'room-id': '503' }].map((tags) => isRepeat(line(tags)))).toEqual([
      false,
      true,
    ])
  })

  test('stops the same line after a reconnection, and no other', () => {
    const isRepeat = createRepeatFilter(() => false)

    expect(['x', 'y', 'x'].map((id) => isRepeat(line({ id })))).toEqual([false, false, true])
  })

  test('forgets the oldest of more than ten thousand', () => {
    const isRepeat = createRepeatFilter(() => false)
    for (let i = 0; i <= 10_000; i++) isRepeat(line({ id: `m${i}` }))

    expect(isRepeat(line({ id: 'm0' }))).toBe(false)
    expect(isRepeat(line({ id: 'm10000' }))).toBe(true)
  })
})
