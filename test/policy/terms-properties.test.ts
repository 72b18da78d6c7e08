import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Term } from '../../src/policy/channel-settings.js'
import { compileTerms } from '../../src/policy/terms.js'
import { renderText } from '../../src/text/special-tokens.js'
import { makeViews } from '../../src/text/views.js'
import { lines } from '../text/lines.js'

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
        expect(String.fromCodePoint(...taken)).toMatch(/^[시발점새끼손가락수cocktail]*$/)
        expect(after?.codePoints.length).toBeLessThanOrEqual(view.text.codePoints.length)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('a denied term fires exactly where no chosen allowed term holds all of it', () => {
  fc.assert(
    fc.property(pieces, (text) => {
      const [canonical] = makeViews({ text, emotes: [], kind: 'chat' }).views
      if (canonical === undefined) return
      const rendered = renderText(canonical.text)
      const chosen: (readonly [number, number])[] = []
      for (const hit of occurrences(rendered, ALLOWED).toSorted(
        (a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0],
      ))
        if (chosen.every(([start, end]) => hit[1] <= start || hit[0] >= end)) chosen.push(hit)
      const isWord = ([start, end]: readonly [number, number]): boolean =>
        !/^[a-z]{2}/.test(rendered.slice(start - 1, start + 1)) &&
        !/^[a-z]{2}/.test(rendered.slice(end - 1, end + 1))
      const expected = occurrences(rendered, DENIED)
        .filter(([start, end]) => !chosen.some(([from, to]) => from <= start && end <= to))
        .filter(isWord)

      const { denied } = rules.apply([canonical], SOMEBODY)

      expect(denied.length).toBe(expected.length)
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
