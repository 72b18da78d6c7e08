import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Term } from '../../src/policy/channel-settings.js'
import { compileTerms } from '../../src/policy/terms.js'
import { renderText } from '../../src/text/special-tokens.js'
import { makeViews } from '../../src/text/views.js'
import { lines } from '../text/lines.js'
import { mapped } from '../text/texts.js'

const SOMEBODY = { messageId: 'm', userId: 'u', atMs: 0 }
const ALLOWED = ['시발점', '새끼손가락', '점수', 'cocktail']
const DENIED = ['시발', '새끼', '발점수', '손', '락새', 'cock']
const term =
  (kind: 'deny' | 'allow-here') =>
  (text: string): Term => ({ kind, text, author: 'mod' })
const rules = compileTerms([...ALLOWED.map(term('allow-here')), ...DENIED.map(term('deny'))])

const pieces = fc
  .array(fc.constantFrom(...ALLOWED, ...DENIED, ' ', '.', '1', '은', '시', '발', 'ㅋㅋ'), { maxLength: 20 })
  .map((list) => list.join(''))
const texts = fc.oneof(pieces, lines)

const occurrences = (text: string, words: readonly string[]): readonly (readonly [number, number])[] =>
  words.flatMap((word) =>
    Array.from(text, (_, start) => start)
      .filter((start) => text.startsWith(word, start))
      .map((start) => [start, start + word.length] as const),
  )

test('in every view only the letters of allowed terms are taken out, each term for one space', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { views } = makeViews({ text, emotes: [], kind: 'chat' })
      const { views: judged, allowed } = rules.apply(views, SOMEBODY)
      for (const [index, view] of views.entries()) {
        const after = judged[index]?.text
        const kept = new Set(after?.starts)
        const taken = view.text.codePoints.filter((_, i) => !kept.has(view.text.starts[i] ?? -1))
        const isAllowed = (raw: number): boolean =>
          allowed.some(({ span }) => raw >= span.start && raw < span.end)
        expect(view.text.starts.every((start) => kept.has(start) || isAllowed(start))).toBe(true)
        // A space that a view puts between two words belongs to the letter before it.
        expect(String.fromCodePoint(...taken)).toMatch(/^[시발점새끼손가락수cocktail ]*$/)
        expect(after?.codePoints.length).toBeLessThanOrEqual(view.text.codePoints.length)
      }
    }),
    { numRuns: 1_000 },
  )
})

/** Ranges that a view tells. */
const MOST = 50
const NESTED_ALLOWED = ['가나가', '나가나가', '가나다', '나다나가나']
const NESTED_DENIED = ['가', '나가', '가나가나', '다나', '나다나가', 'a', 'aa a', '1가', '1가1가']
const nestedPieces = fc
  .array(fc.constantFrom('가', '나', '다', '1', 'a', ' '), { maxLength: 120 })
  .map((list) => list.join(''))

test.each([
  ['words', ALLOWED, DENIED, pieces],
  ['words inside of words', NESTED_ALLOWED, NESTED_DENIED, nestedPieces],
])('denied %s fire exactly where no chosen allowed term holds all of them', (_, allowed, denied, given) => {
  const compiled = compileTerms([...allowed.map(term('allow-here')), ...denied.map(term('deny'))])
  fc.assert(
    fc.property(given, (text) => {
      const [canonical] = makeViews({ text, emotes: [], kind: 'chat' }).views
      if (canonical === undefined) return
      const rendered = renderText(canonical.text)
      const cutsWord = (place: number): boolean =>
        /^([a-z]{2}|[0-9]{2})$/.test(rendered.slice(Math.max(place - 1, 0), place + 1))
      const isWord = ([start, end]: readonly [number, number]): boolean => !cutsWord(start) && !cutsWord(end)
      const chosen: (readonly [number, number])[] = []
      for (const hit of occurrences(rendered, allowed)
        .filter(isWord)
        .toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0]))
        if (chosen.every(([start, end]) => hit[1] <= start || hit[0] >= end)) chosen.push(hit)
      const expected = occurrences(rendered, denied)
        .filter(isWord)
        .filter(([start, end]) => !chosen.some(([from, to]) => from <= start && end <= to))
        .toSorted((a, b) => a[1] - b[1] || a[0] - b[0])

      const verdict = compiled.apply([{ ...canonical, text: mapped(rendered) }], SOMEBODY)

      const places = verdict.denied.map(({ span }) => [span.start, span.end])
      expect(places.slice(0, MOST)).toEqual(expected.slice(0, MOST))
      expect(new Set(verdict.denied.map((found) => found.term.text))).toEqual(
        new Set(expected.map(([start, end]) => rendered.slice(start, end))),
      )
      expect(verdict.allowed.map(({ span }) => [span.start, span.end])).toEqual(chosen)
    }),
    { numRuns: 1_000 },
  )
})

test('terms that are compiled on top of others decide as if all had been given at once', () => {
  const given = fc.array(
    fc.record({
      kind: fc.constantFrom('deny', 'allow-here', 'allow-user'),
      text: fc.constantFrom(...ALLOWED, ...DENIED, '나아가', '시바견'),
      author: fc.constantFrom('one', 'two'),
      userId: fc.constantFrom('u', 'other'),
    }),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(given, given, texts, (below, above, text) => {
      const { views } = makeViews({ text, emotes: [], kind: 'chat' })

      const verdict = compileTerms(below).extend(above).apply(views, SOMEBODY)

      expect(verdict).toEqual(compileTerms([...below, ...above]).apply(views, SOMEBODY))
    }),
    { numRuns: 1_000 },
  )
})
