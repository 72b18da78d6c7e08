import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collapseRuns } from '../../src/text/canonicalise/collapse.js'
import { decodeText } from '../../src/text/decode-text.js'
import { renderText } from '../../src/text/special-tokens.js'
import { makeViews } from '../../src/text/views.js'
import { emotes, lines } from './lines.js'

const RUNS = { numRuns: 1_500 }
const SPECIAL = /\[(?:EMOTE|USER|URL|TEL|MONEY)\]/

const canonicalOf = (text: string): string => {
  const [canonical] = makeViews({ text, emotes: [], kind: 'chat' }).views
  return canonical === undefined ? '' : renderText(canonical.text)
}

test('every code point of every view comes from code points of the text', () => {
  fc.assert(
    fc.property(lines, emotes, (text, where) => {
      const { views, codePoints } = makeViews({ text, emotes: where, kind: 'chat' })
      for (const { text: view } of views) {
        expect(view.starts.length).toBe(view.codePoints.length)
        expect(view.ends.length).toBe(view.codePoints.length)
        expect(view.starts.every((start, i) => start >= 0 && start < (view.ends[i] ?? 0))).toBe(true)
        expect(view.ends.every((end) => end <= codePoints)).toBe(true)
      }
    }),
    RUNS,
  )
})

test('maps run forward, but in text that was reversed', () => {
  fc.assert(
    fc.property(lines, emotes, (text, where) => {
      fc.pre(!text.includes('\u202e'))
      for (const { text: view } of makeViews({ text, emotes: where, kind: 'chat' }).views) {
        expect(view.starts.every((start, i) => i === 0 || start >= (view.starts[i - 1] ?? 0))).toBe(true)
        expect(view.ends.every((end, i) => i === 0 || end >= (view.ends[i - 1] ?? 0))).toBe(true)
      }
    }),
    RUNS,
  )
})

test('the canonical view of the canonical view is itself', () => {
  fc.assert(
    fc.property(lines, (text) => {
      const once = canonicalOf(text)
      const twice = canonicalOf(once)
      // Full-width digits, say, may be a price only once they are canonical.
      fc.pre(!SPECIAL.test(once) && !SPECIAL.test(twice))
      expect(twice).toBe(once)
    }),
    RUNS,
  )
})

test('views are lower-cased, single-spaced, without marks, and differ from each other', () => {
  fc.assert(
    fc.property(lines, emotes, (text, where) => {
      const rendered = makeViews({ text, emotes: where, kind: 'chat' }).views.map((view) =>
        renderText(view.text),
      )
      expect(new Set(rendered).size).toBe(rendered.length)
      for (const view of rendered) {
        const plain = view.split(SPECIAL).join('')
        expect(view).toBe(view.trim())
        expect(view).not.toMatch(/ {2}|[^\S ]|\p{M}|[\ue000-\uf8ff]/u)
        expect(plain).not.toMatch(/[A-Z]/)
      }
    }),
    RUNS,
  )
})

test('every letter of the canonical and joined view is read from where it maps to', () => {
  fc.assert(
    fc.property(lines, (text) => {
      const raw = Array.from(text)
      for (const { name, text: view } of makeViews({ text, emotes: [], kind: 'chat' }).views) {
        if (name !== 'canonical' && name !== 'joined') continue
        view.codePoints.forEach((codePoint, i) => {
          if (codePoint < 0x61 || codePoint > 0x7a) return
          const source = raw.slice(view.starts[i], view.ends[i]).join('')
          const folded = makeViews({ text: `a${source}`, emotes: [], kind: 'chat' }).views.map(
            ({ text: other }) => renderText(other),
          )
          expect(folded.some((other) => other.includes(String.fromCodePoint(codePoint), 1))).toBe(true)
        })
      }
    }),
    { numRuns: 300 },
  )
})

const WORDS = ['오늘', '방송', '재밌다', '발로란트', '새끼손가락', 'hello', 'game', 'streamer']

test('a word that nothing was done to is found where it stands, in every view that has it', () => {
  fc.assert(
    fc.property(lines, fc.constantFrom(...WORDS), lines, (before, word, after) => {
      fc.pre(!before.includes('\u202e'))
      const text = `${before.replaceAll('@', '')} ${word} ${after}`
      const at = Array.from(before.replaceAll('@', '')).length + 1
      const { views, codePoints } = makeViews({ text, emotes: [], kind: 'chat' })
      fc.pre(codePoints >= at + word.length)
      const canonical = views.find(({ name }) => name === 'canonical')
      const first = canonical?.text.starts.indexOf(at) ?? -1
      const found = canonical?.text.codePoints.slice(first, first + word.length) ?? []
      expect(String.fromCodePoint(...found)).toBe(word)
      expect(canonical?.text.ends[first + word.length - 1]).toBe(at + word.length)
    }),
    RUNS,
  )
})

test('decomposing a view changes nothing but Hangul syllables, for every fifth code point at least', () => {
  const changed: string[] = []
  for (let codePoint = 0; codePoint < 0x30000; codePoint += codePoint < 0x3400 ? 1 : 5) {
    const view = canonicalOf(`가${String.fromCodePoint(codePoint)}a`)
    const hangul = view.replace(/[가-힣]/g, (syllable) => syllable.normalize('NFD'))
    if (view.normalize('NFD') !== hangul) changed.push(codePoint.toString(16))
  }

  expect(changed).toEqual([])
})

test('what is collapsed stays as it is', () => {
  fc.assert(
    fc.property(lines, (text) => {
      const collapsed = collapseRuns(decodeText(text, 500).text)

      expect(collapseRuns(collapsed)).toBe(collapsed)
    }),
    RUNS,
  )
})
