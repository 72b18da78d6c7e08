import { expect, test } from 'vitest'
import { filtersSchema } from '../../../src/config-filters.js'
import { FILTERS } from '../../../src/domain/filter-evidence.js'
import { hasFilters, runFilters } from '../../../src/policy/filters/filters.js'
import { leastMs, SLACK } from '../../fuzz/timing.js'
import { INNOCENT_LINES } from './innocent-lines.js'
import { says } from './says.js'

const ALL = filtersSchema.parse(Object.fromEntries(FILTERS.map((filter) => [filter, true])))
const alone = () => []

test('at the default limits no filter marks an ordinary line', () => {
  const marked = INNOCENT_LINES.map((text) => [text, runFilters(says(text), ALL, alone)] as const)

  expect(INNOCENT_LINES.length).toBeGreaterThan(100)
  expect(marked.filter(([, evidence]) => evidence.length > 0)).toEqual([])
})

test('each filter that is on says what it found, in a fixed order', () => {
  const emotes = Array.from({ length: 13 }, (_, at) => ({ id: 'e', start: at, end: at + 1 }))
  const loud = `${'E'.repeat(13)}${' WHAT ARE YOU EVEN DOING THERE '.repeat(8)}evil.com `
  const odd = `가${'\u0302'.repeat(9)}${'#$%&*@'.repeat(40)}${'⣿⠟'.repeat(30)}`
  const recent = Array.from({ length: 9 }, () => ({ sentAtMs: says('').sentAtMs, fingerprint: 1 }))
  const of = (text: string) =>
    runFilters(says(text, { emotes: text === loud ? emotes : [] }), ALL, () => recent)

  expect(of(loud).map(({ filter }) => filter)).toEqual(['flood', 'repetition', 'caps', 'links'])
  expect(of(odd).map(({ filter }) => filter)).toEqual(['flood', 'symbols', 'zalgo', 'drawings'])
  expect(runFilters(says('EEEEEEEEEEEEE', { emotes }), ALL, alone)).toMatchObject([{ filter: 'emotes' }])
})

test('what is off finds nothing, and remembers nothing', () => {
  const text = 'WHAT ARE YOU EVEN DOING THERE evil.com'
  const never = () => {
    throw new Error('nobody asked')
  }

  expect(runFilters(says(text), {}, never)).toEqual([])
  expect(runFilters(says(text), { links: undefined }, never)).toEqual([])
  expect(runFilters(says(text), { caps: ALL.caps }, never).map(({ filter }) => filter)).toEqual(['caps'])
})

test('only filters that are on count as filters', () => {
  expect([hasFilters({}), hasFilters({ caps: undefined }), hasFilters(ALL)]).toEqual([false, false, true])
})

test('scores and values are numbers that JSON can carry', () => {
  const evidence = runFilters(says(`${'A'.repeat(90)}${' http://'.repeat(9)}${'#'.repeat(99)}`), ALL, alone)

  expect(evidence.length).toBeGreaterThan(0)
  expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence)
})

const UNITS = [
  ...['', 'A', 'a', 'ㅋ', 'ㅋㅎ', '가', '가나', '제발 ', '!', '!?', '#$', ' ', '\n', '\t', '0', '-', '_'],
  ...['http://', 'http://a ', 'www.', 'a.', 'a.com', 'a.com ', 'a가', 'http://a가', '@', '@a ', 'a@a.com '],
  ...['.', '://', '。', '\u00ad', '\u200b', '\u0302', 'a\u0302', '가\u0302\u0302', '\u20e3', '\ufe0f'],
  ...[
    '😀',
    '👩‍👩‍👧',
    '🇰',
    '🏽',
    '\u200d',
    '⣿',
    '⣿⠟',
    '█',
    '█▀',
    '/\\',
    '|',
    '(',
    ' /\\_/\\ ',
    '\ud800',
    '\udfff',
  ],
  ...[
    '\ue000',
    'ﷺ',
    '㏂',
    'İ',
    'ǅ',
    'ha',
    'haha ',
    'ha\n',
    'ab ab ba ',
    'aab',
    'abcdefghij',
    '\u0000',
    '\u2028',
  ],
]

/** Code is slow until it has run for a while. */
const ATTEMPTS = 300

test.each([
  ['500 code points of chat', 'twitch', 500, 0.3],
  ['10,000 code points of a post', 'board', 10_000, 10],
] as const)('%s cost little, whatever they are', (_, source, length, maxMs) => {
  for (const unit of UNITS) {
    const text = Array.from(unit.repeat(length)).slice(0, length).join('')
    const emotes = unit === ' ' ? [{ id: 'e', start: 0, end: Number.MAX_SAFE_INTEGER }] : []
    const limit = SLACK * maxMs
    const ms = leastMs(() => runFilters(says(text, { source, emotes }), ALL, alone), limit, ATTEMPTS)

    expect([unit, ms <= limit ? 'quick' : ms]).toEqual([unit, 'quick'])
  }
})
