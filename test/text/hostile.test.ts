import { expect, test } from 'vitest'
import { createRandom } from '../../src/sources/demo/random.js'
import { KNOWN_WORDS } from '../../src/text/canonicalise/known-words.js'
import { makeViews } from '../../src/text/views.js'
import { leastMs, PATIENT_ATTEMPTS, SLACK } from '../fuzz/timing.js'

const BYTES = 4096
const MAX_MS = 5
/** For 10,000 code points; a quadratic step would cost a hundred times as much. */
const MAX_LONG_MS = 15

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
    '으ㅡ',
    ':a',
    '(하트',
    '가 :) ',
    '人ト',
    '시 발 ',
    '시.',
    '🤬시',
    'x가',
    '평씬',
    '평씬 ',
    '병○ ',
    'ㅁㅊㄴ ',
    'a b ',
    'aabb',
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
  ['laughter behind a Latin letter', `c${'ㅎㅋ'.repeat(5_000)}7`],
  ['jamo in halves', 'ㅅ'.repeat(5_000) + 'ㅣ'.repeat(5_000)],
  ['every third code point', rare(0xa0, 3)],
  ['rare ideographs', rare(0x20000, 7)],
]

const RANDOM = createRandom(1)
const anySyllable = (): string => String.fromCharCode(0xac00 + RANDOM.int(11_172))
const anyInitial = (): string => RANDOM.pick(Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'))
const anySign = (): string => RANDOM.pick(Array.from('*○●◯♡♥xXoOㅇ+□■◎'))
const KNOWN_LETTERS = [...new Set(KNOWN_WORDS.join(''))]
/** Of letters that nobody asked about before: nothing of them is remembered. */
const FRESH: readonly (readonly [string, () => string])[] = [
  ['syllables', anySyllable],
  ['words of two syllables', () => `${anySyllable()}${anySyllable()} `],
  ['syllables and signs', () => anySyllable() + anySign()],
  ['masked words', () => `${RANDOM.pick(KNOWN_LETTERS)}${anySign()} `],
  ['initials', anyInitial],
  ['initials and syllables', () => `${anyInitial()}${anySyllable()} `],
]

const viewsMs = (text: string, limit: number): number =>
  leastMs(() => makeViews({ text, emotes: [], kind: 'board' }), limit, PATIENT_ATTEMPTS)

test.each(TEXTS)('4 kB of %s take 5 ms at most, but for the slack of a busy machine', (_, text) => {
  const bytes = Buffer.from(text).subarray(0, BYTES).toString()

  expect(viewsMs(bytes, SLACK * MAX_MS)).toBeLessThanOrEqual(SLACK * MAX_MS)
})

test.each(TEXTS)('the cost of 10,000 code points of %s is linear', (_, text) => {
  const judged = Array.from(text).slice(0, 10_000).join('')

  expect(viewsMs(judged, SLACK * MAX_LONG_MS)).toBeLessThanOrEqual(SLACK * MAX_LONG_MS)
})

test.each(FRESH)('4 kB of %s that were never seen before take 5 ms, too', (_, next) => {
  const lines = Array.from({ length: PATIENT_ATTEMPTS }, () =>
    Buffer.from(Array.from({ length: BYTES / 3 }, next).join(''))
      .subarray(0, BYTES)
      .toString(),
  )

  const ms = leastMs(
    () => makeViews({ text: lines.pop() ?? '', emotes: [], kind: 'board' }),
    SLACK * MAX_MS,
    lines.length,
  )

  expect(ms).toBeLessThanOrEqual(SLACK * MAX_MS)
})
