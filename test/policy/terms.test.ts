import { describe, expect, test } from 'vitest'
import type { Term } from '../../src/policy/channel-settings.js'
import { DEFAULT_TERMS } from '../../src/policy/default-terms.js'
import type { TermScope } from '../../src/policy/term-words.js'
import { compileTerms } from '../../src/policy/terms.js'
import { renderText } from '../../src/text/special-tokens.js'
import { makeViews } from '../../src/text/views.js'
import { allow, deny, viewsOf } from './own-terms.js'

const NOW = Date.parse('2026-05-01T12:00:00Z')
const SOMEBODY: TermScope = { messageId: 'm', userId: 'u', atMs: NOW }

/** Ranges that a view tells. */
const MOST = 50

const apply = (terms: readonly Term[], text: string, scope: TermScope = SOMEBODY) =>
  compileTerms(terms).apply(viewsOf(text), scope)

const canonical = (views: ReturnType<typeof viewsOf>): string => {
  const [first] = views
  return first === undefined ? '' : renderText(first.text)
}

describe('a denied term', () => {
  test('is found with its place in the original text', () => {
    const { denied } = apply([deny('무관팀')], '역시 무관팀 답다')

    expect(denied.map(({ term, span }) => [term.text, span])).toContainEqual([
      '무관팀',
      { start: 3, end: 6, category: 'abusive', view: 'canonical' },
    ])
  })

  test('is found through marks between its letters, and the span covers them too', () => {
    const { denied } = apply([deny('무관팀')], '😀 무1관.팀')

    expect(denied.map(({ span: { start, end } }) => [start, end])).toContainEqual([2, 7])
  })

  test('is read as text is: upper case and full-width letters are the same term', () => {
    expect(apply([deny('ＢＡＤ')], 'so bad').denied).toHaveLength(1)
  })

  test('is not found where it is not', () => {
    expect(
      apply([deny('무관팀')], '무관한 팀').denied.filter(({ span }) => span.view === 'canonical'),
    ).toEqual([])
  })

  test('holds until it expires, by the time of the message', () => {
    const term = deny('나쁨', { expires: '2026-05-01T12:00:00Z' })

    expect(apply([term], '나쁨', { ...SOMEBODY, atMs: NOW - 1 }).denied).not.toEqual([])
    expect(apply([term], '나쁨', SOMEBODY).denied).toEqual([])
  })
})

describe('an allowed term', () => {
  test('is taken out of what is judged, and only it', () => {
    const { views } = apply([allow('시발점')], '시발점부터 시발')

    expect(canonical(views)).toMatch(/^\s부터 시발$/)
  })

  test('leaves what stands beside it where it was in the original text', () => {
    const [view] = apply([allow('시발점')], '아 시발점 너').views

    expect(view?.text.starts.at(-1)).toBe(6)
  })

  test('hides a denied term inside of it', () => {
    expect(apply([allow('새끼손가락'), deny('새끼')], '새끼손가락').denied).toEqual([])
    expect(apply([allow('새끼손가락'), deny('새끼')], '새끼손가락 새끼').denied).not.toEqual([])
  })

  test('for one user holds for that user only', () => {
    const terms = [allow('나쁨', { kind: 'allow-user', userId: 'friend' }), deny('나쁨')]

    expect(apply(terms, '나쁨', { ...SOMEBODY, userId: 'friend' }).denied).toEqual([])
    expect(apply(terms, '나쁨', { ...SOMEBODY, userId: 'stranger' }).denied).not.toEqual([])
  })

  test('that has expired allows nothing', () => {
    const terms = [allow('나쁨', { expires: '2020-01-01T00:00:00Z' }), deny('나쁨')]

    expect(apply(terms, '나쁨').denied).not.toEqual([])
  })
})

test('without a match the views are the same objects: nothing is copied for most messages', () => {
  const views = viewsOf('안녕하세요')

  const { views: after } = compileTerms(DEFAULT_TERMS).apply(views, SOMEBODY)

  expect(after.map(({ text }) => text)).toEqual(views.map(({ text }) => text))
  for (const [index, { text }] of after.entries()) expect(text).toBe(views[index]?.text)
})

test.each(DEFAULT_TERMS.map(({ text }) => text))('%s is blanked in a sentence', (text) => {
  expect(canonical(apply(DEFAULT_TERMS, `오늘 ${text} 이야기`).views)).not.toContain(text)
})

test('two thousand terms are found in one pass, quickly', () => {
  const words = Array.from({ length: 2_000 }, (_, n) => `금지${String.fromCodePoint(0xac00 + n)}`)
  const rules = compileTerms(words.map((word) => deny(word)))
  const views = makeViews({ text: `${words.at(-1)} 아무 말 `.repeat(600), emotes: [], kind: 'board' }).views
  const start = performance.now()

  const { denied } = rules.apply(views, SOMEBODY)

  expect(denied.filter(({ span }) => span.view === views[0]?.name)).toHaveLength(MOST)
  expect(performance.now() - start).toBeLessThan(1_000)
})

test('of many places the first are told, and after them what was not found before', () => {
  const { denied } = apply([deny('가나'), deny('다라'), deny('라')], `${'가나 '.repeat(60)}다라 다라`)
  const inCanonical = denied.filter(({ span }) => span.view === 'canonical')

  expect(inCanonical.slice(0, MOST).map(({ span }) => span.start)).toEqual(
    Array.from({ length: MOST }, (_, n) => n * 3),
  )
  expect(inCanonical.slice(MOST).map(({ term, span }) => [term.text, span.start])).toEqual([
    ['다라', 180],
    ['라', 181],
  ])
})
