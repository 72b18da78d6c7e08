import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGramReader, type GramSize } from '../../src/text/grams.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { codePointsOf, naiveBuckets } from './naive-grams.js'

const SIZE: GramSize = { buckets: 1 << 20, maxGram: 4 }

const textOf = (text: string): MappedText => {
  const codePoints = codePointsOf(text)
  const starts = codePoints.map((_, index) => index)
  return { codePoints, starts, ends: starts.map((start) => start + 1) }
}

const bucketsOf = (text: string, size = SIZE, reader = createGramReader(size)): number[] => {
  const count = reader.read(textOf(text))
  return Array.from(reader.found.subarray(0, count))
}

const sorted = (buckets: readonly number[]): number[] => buckets.toSorted((a, b) => a - b)

// From Python: h ^= cp, h *= 16777619 for each code point; h ^= h >> 15; h *= 0x2c1b3c6d; h ^= h >> 12.
const BUCKETS = {
  ' ': 267_057,
  a: 893_429,
  ' a': 955_635,
  'a ': 486_425,
  ' a ': 509_222,
  '\ue000': 80_299,
  '😀': 425_436,
} as const

test('a word of one letter has the grams of it and its spaces, the space alone among them', () => {
  expect(sorted(bucketsOf('a'))).toEqual(
    sorted([BUCKETS[' '], BUCKETS.a, BUCKETS[' a'], BUCKETS['a '], BUCKETS[' a ']]),
  )
})

test.each([
  ['\ue000', BUCKETS['\ue000']],
  ['😀', BUCKETS['😀']],
])('a code point is one, whatever its size: %s', (text, bucket) => {
  const single = bucketsOf(text, { ...SIZE, maxGram: 1 })

  expect(sorted(single)).toEqual(sorted([BUCKETS[' '], bucket]))
})

test.each(['', ' ', '     '])('a text without a word has no grams: "%s"', (text) => {
  expect(bucketsOf(text)).toEqual([])
})

test('a gram that comes again counts once, and so does one that falls into its bucket', () => {
  expect(sorted(bucketsOf('ab ab  ab'))).toEqual(sorted(bucketsOf('ab')))
  expect(sorted(bucketsOf('다시 시작하는 하루', { buckets: 4, maxGram: 4 }))).toEqual([0, 1, 2, 3])
})

test('only U+0020 parts words', () => {
  expect(sorted(bucketsOf('a\tb'))).not.toEqual(sorted(bucketsOf('a b')))
  expect(sorted(bucketsOf('a\u00a0b'))).toEqual(naiveBuckets('a\u00a0b', SIZE))
})

test('a text leaves nothing behind for the next', () => {
  const reader = createGramReader(SIZE)
  const [first, , again] = ['하나', '가나다 라마바사 하나 '.repeat(50), '하나'].map((text) =>
    bucketsOf(text, SIZE, reader),
  )

  expect(first).toEqual(bucketsOf('하나'))
  expect(again).toEqual(first)
})

test('a text of any length is read', () => {
  const text = Array.from({ length: 30_000 }, (_, i) =>
    i % 7 === 0 ? ' ' : String.fromCodePoint(0xac00 + ((i * 31) % 11_172)),
  ).join('')

  expect(sorted(bucketsOf(text))).toEqual(naiveBuckets(text, SIZE))
})

const words = fc.array(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '시', '발', '\ue001', '😀', '!'), maxLength: 12 }),
  { maxLength: 8 },
)
const sizes = fc.record({
  buckets: fc.integer({ min: 0, max: 20 }).map((bits) => 2 ** bits),
  maxGram: fc.integer({ min: 1, max: 6 }),
})

test('buckets are those of the contract, read word by word', () => {
  fc.assert(
    fc.property(words, sizes, (parts, size) => {
      const text = parts.join(' ')
      expect(sorted(bucketsOf(text, size))).toEqual(naiveBuckets(text, size))
    }),
    { numRuns: 500 },
  )
})

test('the order of words does not matter, nor how many spaces part them', () => {
  fc.assert(
    fc.property(words, (parts) => {
      expect(sorted(bucketsOf(parts.toReversed().join('   ')))).toEqual(sorted(bucketsOf(parts.join(' '))))
    }),
    { numRuns: 300 },
  )
})
