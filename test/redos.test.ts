import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { maskUrl } from '../src/config.js'
import type { Term, TermKind } from '../src/policy/channel-settings.js'
import { compileTerms } from '../src/policy/terms.js'
import { findMentions, findPhones, findPrices, findUrls } from '../src/text/canonicalise/mask-patterns.js'
import { makeViews } from '../src/text/views.js'
import { killersOf } from './fixtures/hostile-strings.js'
import { parse, readFiles, visitAll } from './fixtures/source-tree.js'
import { leastMs, SLACK } from './fuzz/timing.js'

const MAX_MS = 10
/** Other tests run on the same cores. */
const LIMIT_MS = SLACK * MAX_MS
const ATTEMPTS = 5
/** Of thousands of small objects a collection comes in between more often than not. */
const MANY_ATTEMPTS = 20

const shown = (text: string): string =>
  `${JSON.stringify(text.slice(0, 6))}...${JSON.stringify(text.slice(-2))}`

/** The first input that takes too long, and how long. */
const slowest = (inputs: readonly string[], run: (text: string) => unknown): string | undefined => {
  for (const text of inputs.slice(0, 3)) run(text.slice(0, 1_000))
  for (const text of inputs) {
    const ms = leastMs(() => run(text), LIMIT_MS, ATTEMPTS)
    if (ms > LIMIT_MS) return `${shown(text)}: ${ms.toFixed(1)} ms`
  }
  return undefined
}

/** Every regular expression written in src/, with where it is. */
const PATTERNS: readonly (readonly [where: string, pattern: RegExp])[] = readFiles(['src'], ['ts'])
  .map(parse)
  .flatMap(({ path, tree }) => {
    const found: [string, RegExp][] = []
    visitAll(tree, (node) => {
      if (!ts.isRegularExpressionLiteral(node)) return
      const end = node.text.lastIndexOf('/')
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree))
      found.push([`${path}:${line + 1}`, new RegExp(node.text.slice(1, end), node.text.slice(end + 1))])
    })
    return found
  })

test('the patterns of src/ were found', () => {
  expect(PATTERNS.length).toBeGreaterThan(20)
})

describe('64 KiB take a pattern 10 ms at most (with the slack), whatever they hold', () => {
  test.each(PATTERNS)('%s %s', (_, pattern) => {
    expect(slowest(killersOf(pattern.source), (text) => text.replace(pattern, ''))).toBeUndefined()
  })
})

/** What uses patterns that are put together from parts, and what is made of several. */
const FUNCTIONS: readonly (readonly [name: string, run: (text: string) => unknown, alphabet: string])[] = [
  ['findUrls', (text) => [...findUrls(text)], '.-/:@%+?#!()a1w'],
  ['findMentions', (text) => [...findMentions(text)], '@_a1가'],
  ['findPhones', (text) => [...findPhones(text)], '+-.() 0123'],
  ['findPrices', (text) => [...findPrices(text)], '$₩,. 1천만원유로'],
  ['maskUrl', maskUrl, '/:@[" a'],
]

const SEEDS = [
  ...['http://', 'http://a.', 'www.', 'a.com', 'a.b.c.d.', 'a@a.', 'a@a.a@', 'aaaa-', 'me/', 'a.me/', '://:'],
  ...['@aaa@', '@가a', '+1-', '+1 (1) ', '010-1234-', '02) 1', '0(2) 1', '1588-123'],
  ...['1,', '1.1', '$1,1.', '1천만백', '1 천 ', '₩ ', '100원100'],
]

describe('64 KiB take a function 10 ms at most (with the slack), whatever they hold', () => {
  test.each(FUNCTIONS)('%s', (_, run, alphabet) => {
    const seeds = SEEDS.map((seed) => seed.repeat(64 * 1024).slice(0, 64 * 1024))

    expect(slowest([...killersOf(alphabet), ...seeds], run)).toBeUndefined()
  })
})

const POST = 10_000
/** Terms inside of terms: the first 1, 2, ... 50 letters of a text that repeats itself, from each of its letters on. */
const nested = (unit: string): readonly string[] =>
  Array.from(unit, (_, from) =>
    Array.from({ length: 50 }, (_, n) => unit.repeat(51).slice(from, from + n + 1)),
  ).flat()
const termsOf = (kind: TermKind, unit: string, more: Partial<Term> = {}): readonly Term[] =>
  nested(unit).map((text) => ({ kind, text, author: 'mod', ...more }))

const NESTED: readonly (readonly [name: string, terms: readonly Term[], unit: string])[] = [
  ['denied', termsOf('deny', '가나'), '가나'],
  ['denied, of phrases', termsOf('deny', '가 나 '), '가 나 '],
  ['denied, of Latin letters', termsOf('deny', 'ab'), 'ab'],
  ['denied, with marks between', termsOf('deny', '가나'), '가.나.'],
  ['denied, as another view reads them', termsOf('deny', '꽌팀'), '관팀꽌팀'],
  ['that have expired', termsOf('deny', '가나', { expires: '1969-01-01T00:00:00Z' }), '가나'],
  ['allowed', termsOf('allow-here', '가나'), '가나'],
  ['allowed to others', termsOf('allow-user', '가나', { userId: 'other' }), '가나'],
  ['denied and allowed', [...termsOf('deny', '가나'), ...termsOf('allow-here', '나다')], '가나다'],
]

describe('a post takes terms 10 ms at most (with the slack), however they hold one another', () => {
  test.each(NESTED)('%s', (_, terms, unit) => {
    const rules = compileTerms(terms)
    const { views } = makeViews({ text: unit.repeat(POST).slice(0, POST), emotes: [], kind: 'board' })
    const run = () => rules.apply(views, { messageId: 'm', userId: 'u', atMs: 0 })

    expect(leastMs(run, LIMIT_MS, MANY_ATTEMPTS)).toBeLessThanOrEqual(LIMIT_MS)
  })
})
