import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, MAX_VALUE_BYTES } from '../../src/sources/decode.js'

const NOW = Date.parse('2026-03-01T12:00:00Z')

const envelope = {
  id: 'm-1',
  source: 'twitch',
  channel: { id: '100', name: 'haru' },
  author: { id: '200', name: '1', roles: ['subscriber', 'artist', 'vip'] },
  text: '오늘 방송 재밌다 👍',
  emotes: [{ id: '25', start: 0, end: 2 }],
  replyTo: 'm-0',
  sentAt: '2026-03-01T20:59:59.250+09:00',
  lang: 'ko',
}

const decodeBytes = (value: Buffer | null) => decode({ value }, NOW)
const decodeText = (json: string) => decodeBytes(Buffer.from(json))
const decodeWith = (change: object) => decodeText(JSON.stringify({ ...envelope, ...change }))
const schemaLetter = (detail: string) => ({ kind: 'dead-letter', reason: 'schema', detail })

describe('a good record', () => {
  test('becomes a message: event time in ms, known roles only', () => {
    expect(decodeText(JSON.stringify(envelope))).toEqual({
      kind: 'message',
      message: {
        ...envelope,
        author: { id: '200', name: '1', roles: ['vip', 'subscriber'] },
        sentAtMs: NOW - 750,
      },
    })
  })

  test('needs only the required fields: names default to the ids', () => {
    const { id, source, text, sentAt } = envelope
    const decoded = decodeText(
      JSON.stringify({ id, source, text, sentAt, channel: { id: 'c' }, author: { id: 'a' } }),
    )

    expect(decoded).toEqual({
      kind: 'message',
      message: {
        id,
        source,
        text,
        sentAt,
        sentAtMs: NOW - 750,
        channel: { id: 'c', name: 'c' },
        author: { id: 'a', name: 'a', roles: [] },
        emotes: [],
      },
    })
  })

  test.each([
    ['unknown fields', { extra: { deep: [1, 2] }, channel: { ...envelope.channel, colour: 'red' } }],
    ['null where a field is optional', { title: null, emotes: null, replyTo: null, lang: null }],
    ['empty text', { text: '' }],
    ['a board title', { source: 'board', title: '제목' }],
    ['integer-like ids', { id: '42', author: { id: '7' } }],
    ['words that name a prototype, in the text', { text: '__proto__ constructor prototype' }],
    ['a key named constructor that holds no prototype', { constructor: 'Ferrari' }],
    ['escaped astral characters', { text: '\ud83d\ude00' }],
    ['sentAt one day ahead', { sentAt: '2026-03-02T12:00:00Z' }],
    ['sentAt long ago', { sentAt: '1999-01-01T00:00:00Z' }],
  ])('may have %s', (_, change) => {
    expect(decodeWith(change).kind).toBe('message')
  })

  test('keeps text of more than 10,000 code points: cutting it is a later step', () => {
    const text = '가'.repeat(10_001)

    expect(decodeWith({ text })).toMatchObject({ kind: 'message', message: { text } })
  })

  test('may begin with a byte order mark and be written with ASCII escapes', () => {
    const ascii = JSON.stringify(envelope).replace(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )

    expect(decodeText(`\ufeff${ascii}`)).toEqual(decodeText(JSON.stringify(envelope)))
  })
})

describe('bytes that are no JSON', () => {
  test.each([
    ['null', null, 'empty value'],
    ['empty', Buffer.alloc(0), 'empty value'],
    ['blank', Buffer.from(' \n'), 'empty'],
    ['not JSON', Buffer.from('{"text":"secret"'), 'not valid JSON'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'not valid UTF-8'],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'not valid UTF-8'],
  ])('%s: reason decode', (_, value, detail) => {
    expect(decodeBytes(value)).toEqual({ kind: 'dead-letter', reason: 'decode', detail })
  })
})

describe('a value over 64 KiB', () => {
  const padded = (bytes: number): Buffer => {
    const empty = JSON.stringify({ ...envelope, text: '' })
    return Buffer.from(JSON.stringify({ ...envelope, text: 'x'.repeat(bytes - Buffer.byteLength(empty)) }))
  }

  test('is oversize, whatever it holds', () => {
    expect(decodeBytes(padded(MAX_VALUE_BYTES + 1))).toMatchObject({
      reason: 'oversize',
      detail: '65537 bytes',
    })
    expect(decodeBytes(Buffer.alloc(1_000_000))).toMatchObject({ reason: 'oversize' })
  })

  test('begins one byte later', () => {
    expect(decodeBytes(padded(MAX_VALUE_BYTES)).kind).toBe('message')
  })
})

describe('a value of the wrong shape: reason schema', () => {
  test.each([
    ['a number', '1', 'value: Invalid input: expected object, received number'],
    ['null', 'null', 'value: Invalid input: expected object, received null'],
    ['an array', '[]', 'value: Invalid input: expected object, received array'],
    ['a string', '"x"', 'value: Invalid input: expected object, received string'],
  ])('%s', (_, json, detail) => {
    expect(decodeText(json)).toEqual(schemaLetter(detail))
  })

  test.each([
    ['id', { id: 1 }],
    ['id', { id: '' }],
    ['source', { source: null }],
    ['channel', { channel: 'haru' }],
    ['channel.id', { channel: { name: 'haru' } }],
    ['author', { author: [] }],
    ['author.id', { author: { id: 5 } }],
    ['author.name', { author: { id: '5', name: 7 } }],
    ['author.roles', { author: { id: '5', roles: 'vip' } }],
    ['author.roles.1', { author: { id: '5', roles: ['vip', 3] } }],
    ['text', { text: undefined }],
    ['text', { text: ['a'] }],
    ['title', { title: 4 }],
    ['emotes', { emotes: {} }],
    ['emotes.0.start', { emotes: [{ id: '1', start: 1.5, end: 2 }] }],
    ['emotes.0.end', { emotes: [{ id: '1', start: 0, end: -1 }] }],
    ['replyTo', { replyTo: {} }],
    ['sentAt', { sentAt: 1_772_366_400_000 }],
    ['lang', { lang: true }],
  ])('%s is named in the detail', (path, change) => {
    const decoded = decodeWith(change)

    expect(decoded).toMatchObject({ kind: 'dead-letter', reason: 'schema' })
    expect(decoded.kind === 'dead-letter' && decoded.detail.startsWith(`${path}: `)).toBe(true)
  })

  test.each(['yesterday', '2026-03-01', '2026-03-01T12:00:00', '2026-02-30T12:00:00Z', ''])(
    'sentAt %j is no RFC 3339 date-time',
    (sentAt) => {
      expect(decodeWith({ sentAt })).toEqual(schemaLetter('sentAt: not an RFC 3339 date-time'))
    },
  )

  test('sentAt more than 24 h ahead', () => {
    expect(decodeWith({ sentAt: '2026-03-02T12:00:00.001Z' })).toEqual(
      schemaLetter('sentAt: more than 24 h ahead'),
    )
  })

  test('many problems: three are told, the rest counted', () => {
    const decoded = decodeText('{}')

    expect(decoded).toMatchObject({
      detail: expect.stringMatching(/^id: .*; source: .*; channel: .*; and 3 more$/),
    })
  })

  test('the detail never quotes the record', () => {
    const secret = 'XSECRETX'
    const bad = [
      { text: { [secret]: secret } },
      { [secret]: 1, id: 3 },
      { sentAt: secret },
      { emotes: [secret] },
      { author: { id: 1, roles: [secret, 1] } },
    ]

    for (const change of bad) expect(JSON.stringify(decodeWith(change))).not.toContain(secret)
    expect(JSON.stringify(decodeText(`{"a": ${secret}}`))).not.toContain(secret)
  })
})

describe('keys that name a prototype: reason schema', () => {
  const good = JSON.stringify(envelope).slice(1)

  test.each([
    ['at the top', `{"__proto__":{"isAdmin":true},${good}`],
    ['deep in an unknown field', `{"extra":[{"a":{"__proto__":1}}],${good}`],
    ['by escapes', `{"\\u005f_proto_\\u005f":{},${good}`],
    ['constructor.prototype', `{"constructor":{"prototype":{"isAdmin":true}},${good}`],
    ['constructor.prototype by escapes', `{"\\u0063onstructor":{"\\u0070rototype":{}},${good}`],
  ])('%s', (_, json) => {
    expect(decodeText(json)).toEqual(schemaLetter('a key that names a prototype'))
  })

  test('nesting deeper than the stack is walked all the same', () => {
    const depth = 10_000
    const json = `{"extra":${'[{"a":'.repeat(depth / 2)}{"__proto__":1}${'}]'.repeat(depth / 2)},${good}`

    expect(decodeText(json)).toEqual(schemaLetter('a key that names a prototype'))
    expect(decodeText('['.repeat(60_000))).toMatchObject({ reason: 'decode' })
  })
})

describe('lone surrogates: reason schema', () => {
  const lone = '\ud800'

  test.each([
    ['id', { id: lone }],
    ['source', { source: lone }],
    ['channel.id', { channel: { id: lone } }],
    ['channel.name', { channel: { id: 'c', name: `a${lone}` } }],
    ['author.id', { author: { id: '\udc00' } }],
    ['author.name', { author: { id: 'a', name: lone } }],
    ['text', { text: `가${lone}나` }],
    ['text', { text: '\ude00\ud83d' }],
    ['title', { title: lone }],
    ['emotes.0.id', { emotes: [{ id: lone, start: 0, end: 1 }] }],
    ['replyTo', { replyTo: lone }],
    ['lang', { lang: lone }],
  ])('in %s', (path, change) => {
    expect(decodeWith(change)).toEqual(schemaLetter(`${path}: lone surrogate`))
  })

  test('in a field that is not kept they do no harm', () => {
    expect(decodeWith({ extra: lone }).kind).toBe('message')
  })
})

test('whatever the bytes, decoding gives an answer', () => {
  const values = fc.oneof(
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((json) => Buffer.from(json)),
    fc
      .record({ key: fc.constantFrom(...Object.keys(envelope)), value: fc.jsonValue() })
      .map(({ key, value }) => Buffer.from(JSON.stringify({ ...envelope, [key]: value }))),
  )

  fc.assert(
    fc.property(values, (value) => {
      expect(['message', 'dead-letter']).toContain(decode({ value }, NOW).kind)
    }),
    { numRuns: 2_000 },
  )
})
