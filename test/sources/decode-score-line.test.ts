import { describe, expect, test } from 'vitest'
import { decodeScoreLine } from '../../src/sources/decode-score-line.js'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const decodeLine = (line: string | Buffer) => decodeScoreLine(Buffer.from(line), 7, NOW)

describe('an object with a string text is a message', () => {
  test('everything else has a default', () => {
    expect(decodeLine('{"text":"안녕"}')).toEqual({
      kind: 'message',
      message: {
        id: 'line:7',
        source: 'jsonl',
        channel: { id: 'jsonl', name: 'jsonl' },
        author: { id: 'line:7', name: 'line:7', roles: [] },
        text: '안녕',
        emotes: [],
        sentAt: '2026-03-01T12:00:00.000Z',
        sentAtMs: NOW,
      },
    })
  })

  test('user and channel are ids or objects with one', () => {
    const plain = decodeLine('{"text":"a","user":"u","channel":"c"}')
    const objects = decodeLine('{"text":"a","user":{"id":"u","name":"n"},"channel":{"id":"c"}}')

    expect(plain).toMatchObject({ message: { author: { id: 'u', name: 'u' }, channel: { id: 'c' } } })
    expect(objects).toMatchObject({ message: { author: { id: 'u', name: 'n' }, channel: { id: 'c' } } })
  })

  test('an id is echoed as it was, unless it nests too deep to be written', () => {
    const depth = 100_000
    const deep = decodeLine(`{"text":"a","id":${'['.repeat(depth)}${']'.repeat(depth)}}`)

    expect(decodeLine('{"text":"a","id":{"a":[1]}}')).toMatchObject({ id: { a: [1] } })
    expect(deep).not.toHaveProperty('id')
    expect(deep).toMatchObject({ message: { id: 'line:7' } })
  })

  test("an envelope's own fields are used", () => {
    const line = JSON.stringify({
      id: 'm-1',
      source: 'board',
      channel: { id: 'c', name: 'C' },
      author: { id: 'a', name: 'A', roles: ['vip'] },
      text: 'b',
      title: 't',
      emotes: [{ id: '1', start: 0, end: 1 }],
      sentAt: '2026-03-01T21:00:00+09:00',
    })

    expect(decodeLine(line)).toMatchObject({
      kind: 'message',
      id: 'm-1',
      message: { ...JSON.parse(line), sentAtMs: NOW },
    })
  })

  test.each([
    ['a number', '5', 5, '5'],
    ['an object', '{"a":1}', { a: 1 }, 'line:7'],
    ['null', 'null', null, 'line:7'],
    ['empty', '""', '', 'line:7'],
  ])('an id that is %s is echoed as it came', (_, json, id, messageId) => {
    expect(decodeLine(`{"id":${json},"text":"a"}`)).toMatchObject({
      kind: 'message',
      id,
      message: { id: messageId },
    })
  })

  test('fields of the wrong type are passed over', () => {
    const line =
      '{"text":"a","source":1,"user":[],"channel":{"id":{}},"sentAt":"soon","emotes":"x","title":3}'

    expect(decodeLine(line)).toMatchObject({
      kind: 'message',
      message: {
        source: 'jsonl',
        author: { id: 'line:7' },
        channel: { id: 'jsonl' },
        sentAtMs: NOW,
        emotes: [],
      },
    })
  })

  test('empty text, a __proto__ key and far-future times are no obstacle', () => {
    expect(decodeLine('{"text":""}').kind).toBe('message')
    expect(decodeLine('{"text":"a","__proto__":{"x":1}}').kind).toBe('message')
    expect(decodeLine('{"text":"a","sentAt":"2099-01-01T00:00:00Z"}').kind).toBe('message')
  })

  test('each lone surrogate becomes one U+FFFD, so that offsets stay', () => {
    expect(decodeLine('{"text":"a\\ud800b\\ude00\\ud83d"}')).toMatchObject({
      message: { text: 'a\ufffdb\ufffd\ufffd' },
    })
  })
})

describe('any other line is an error', () => {
  test.each([
    ['', 'decode', 'empty'],
    ['{', 'decode', 'not valid JSON'],
    [Buffer.from([0x22, 0xff, 0x22]), 'decode', 'not valid UTF-8'],
    ['null', 'schema', 'not an object'],
    ['"text"', 'schema', 'not an object'],
    ['[{"text":"a"}]', 'schema', 'not an object'],
    ['{}', 'schema', 'text: not a string'],
    ['{"text":5}', 'schema', 'text: not a string'],
    ['{"__proto__":{"text":"a"}}', 'schema', 'text: not a string'],
  ])('%j', (line, code, detail) => {
    expect(decodeLine(line)).toEqual({ kind: 'error', error: { code, detail } })
  })

  test('it keeps its id', () => {
    expect(decodeLine('{"id":"x"}')).toEqual({
      kind: 'error',
      id: 'x',
      error: { code: 'schema', detail: 'text: not a string' },
    })
  })
})
