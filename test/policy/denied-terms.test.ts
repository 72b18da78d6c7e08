import { describe, expect, test } from 'vitest'
import type { Term } from '../../src/policy/channel-settings.js'
import { compileTerms } from '../../src/policy/terms.js'
import { makeViews } from '../../src/text/views.js'

const SOMEBODY = { messageId: 'm', userId: 'u', atMs: 0 }
const deny = (text: string): Term => ({ kind: 'deny', text, author: 'mod' })

const apply = (terms: readonly Term[], text: string, kind: 'chat' | 'board' = 'chat') =>
  compileTerms(terms).apply(makeViews({ text, emotes: [], kind }).views, SOMEBODY)

/** The raw texts in which a term was found. */
const found = (term: string, text: string): readonly string[] => [
  ...new Set(
    apply([deny(term)], text).denied.map(({ span: { start, end } }) => [...text].slice(start, end).join('')),
  ),
]

describe('a denied word is found however it is dressed', () => {
  test.each([
    ['무관팀', '역시 무 관 팀', '무 관 팀'],
    ['무관팀', '역시 무1관.팀', '무1관.팀'],
    ['무관팀', '무관\u200b팀', '무관\u200b팀'],
    ['무관팀', 'anrhksxla', 'anrhksxla'],
    ['무관팀', '무관팀'.normalize('NFD'), '무관팀'.normalize('NFD')],
    ['badword', 'B.A.D.W.O.R.D', 'B.A.D.W.O.R.D'],
    ['badword', 'ｂａｄｗｏｒｄ', 'ｂａｄｗｏｒｄ'],
    ['무1관팀', '무관팀', '무관팀'],
    ['무1관팀', '무♥관팀', '무♥관팀'],
  ])('%s in %j', (term, text, expected) => {
    expect(found(term, text)).toContain(expected)
  })
})

describe('a denied word is not found', () => {
  test.each([
    ['무관팀', '무관한 팀'],
    ['ass', 'a class pass'],
    ['ass', 'assassin'],
    // 나가 is how the joined view writes 나아가, but nobody wrote that here.
    ['나아가', '너 나가 좀 그.만'],
  ])('%s in %j', (term, text) => {
    expect(found(term, text)).toEqual([])
  })
})

test.each(['ass', 'ASS!', 'ass이다', 'you a.s.s', 'y.o.u.a.s.s'])(
  'the Latin word ass is found whole in %j',
  (text) => {
    expect(found('ass', text)).not.toEqual([])
  },
)

describe('what is written with spaces between words, and a number, is found whole', () => {
  test.each([
    ['18', '2018년 우승'],
    ['18', '1800번대'],
    ['18', '118'],
    ['18', '１１８'],
    ['сука', 'барсука'],
    ['сука', 'сукачев'],
    ['malaka', 'ñmalaka'],
    ['κακα', 'κακαο'],
  ])('%s is not found in %j', (term, text) => {
    expect(found(term, text)).toEqual([])
  })

  test.each([
    ['18', '18', '18'],
    ['18', '이런 18 뭐야', '18'],
    ['18', '야18아', '18'],
    ['18', 'a18b', '18'],
    ['сука', 'ты сука!', 'сука'],
    ['сука', 'сука야', 'сука'],
    ['死ね', 'お前死ねよ', '死ね'],
    ['去死吧', '你去死吧了', '去死吧'],
  ])('%s is found in %j', (term, text, expected) => {
    expect(found(term, text)).toContain(expected)
  })
})

describe('the most terms that a channel may have', () => {
  const WORDS = Array.from(
    { length: 10_000 },
    (_, n) => `금지${String.fromCodePoint(0xac00 + n)}가나다라마바사`,
  )

  test('are compiled within seconds', () => {
    const start = performance.now()
    compileTerms(WORDS.map(deny))

    expect(performance.now() - start).toBeLessThan(3_000)
  })

  test.each([
    ['each other', Array.from({ length: 100 }, (_, n) => '가'.repeat(n + 1))],
    ['one another exactly', Array.from({ length: 10_000 }, () => '가가')],
  ])('that repeat %s do not make a long text slow', (_, words) => {
    const rules = compileTerms(words.map(deny))
    const { views } = makeViews({
      text: '가나'.repeat(4_000) + '가 '.repeat(1_000),
      emotes: [],
      kind: 'board',
    })
    rules.apply(views, SOMEBODY)
    const start = performance.now()
    rules.apply(views, SOMEBODY)

    expect(performance.now() - start).toBeLessThan(100)
  })
})
