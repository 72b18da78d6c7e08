import { beforeAll, expect, test } from 'vitest'
import { makeViews } from '../../src/text/views.js'

const BYTES = 4096
const MAX_MS = 5
/** 10,000 code points at most, so a quadratic step would cost a hundred times as much as this. */
const MAX_LONG_MS = 60
const ATTEMPTS = 6

const rare = (from: number, step: number): string =>
  Array.from({ length: 4096 }, (_, i) => String.fromCodePoint(from + step * i)).join('')

const UNITS = [
  ...[
    'a',
    'a.',
    'a-',
    'a1',
    'a@',
    '@a ',
    '@가',
    '@',
    'f.',
    '.com',
    'a.com ',
    'www.',
    'http://',
    'https://a ',
  ],
  ...['0', '1,', '1.', '$1', '$', '+1 ', '010-', '(02) ', '1원 ', '3만 ', '1판'],
  ...[
    'ㅋ',
    'ㅣ',
    'ㅅㅣ',
    'ㅅ ㅣ ',
    'ㅅl',
    '^',
    '아',
    '시 발 ',
    '시.',
    '🤬시',
    'x가',
    'a b ',
    'tlqkf',
    'tlqkf ',
    'TlQ',
  ],
  ...[
    '\u202e',
    '\u202e가',
    '\u202c',
    '\u0336',
    '\u200b',
    '\u1109',
    '\u1175',
    'ﷺ',
    'ﾻ',
    'сa',
    'ѕһіт ',
    ' ',
    '\n',
  ],
]
const visible = (unit: string): string =>
  unit.replace(/[^!-~가-힣ㄱ-ㅣ]/gu, (symbol) => `U+${symbol.codePointAt(0)?.toString(16)}`)

const TEXTS: readonly (readonly [string, string])[] = [
  ...UNITS.map((unit) => [visible(unit), unit.repeat(10_000)] as const),
  ['jamo in halves', 'ㅅ'.repeat(5_000) + 'ㅣ'.repeat(5_000)],
  ['every third code point', rare(0xa0, 3)],
  ['rare ideographs', rare(0x20000, 7)],
]

// The least of several runs, by CPU or by the clock: other work on the machine must not count.
const leastMs = (text: string, enough: number): number => {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS && least >= enough; attempt += 1) {
    const cpu = process.cpuUsage()
    const start = performance.now()
    makeViews({ text, emotes: [], kind: 'board' })
    const elapsed = performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    least = Math.min(least, elapsed, (user + system) / 1000)
  }
  return least
}

beforeAll(() => {
  for (let warm = 0; warm < 3; warm += 1) for (const [, text] of TEXTS) leastMs(text.slice(0, 500), 0.1)
})

test.each(TEXTS)('4 kB of %s take 5 ms at most', (_, text) => {
  const bytes = Buffer.from(text).subarray(0, BYTES).toString()

  expect(leastMs(bytes, MAX_MS)).toBeLessThan(MAX_MS)
})

test.each(TEXTS)('the cost of 10,000 code points of %s is linear', (_, text) => {
  expect(leastMs(Array.from(text).slice(0, 10_000).join(''), MAX_LONG_MS)).toBeLessThan(MAX_LONG_MS)
})
