import { expect, test } from 'vitest'
import { createLinear } from '../../src/model/linear.js'
import { createRowsOf, type RowsOptions } from '../../src/model/rows.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { TINY_SECTION, tinyRows } from './tiny-linear.js'
import { tinyEncode, viewOf } from './tiny-model.js'

/** `x`, `y` and `z` pass, `z` as the most abusive; all other letters are harmless. */
const linear = createLinear(
  TINY_SECTION,
  tinyRows({
    x: { code: 1, abusive: 24 },
    y: { code: 1, abusive: 32 },
    z: { code: 1, abusive: 40 },
    h: { code: 1, hate: 127 },
  }),
)
const window = { tokens: 8, stride: 6 }

function setUp(options: Partial<RowsOptions> = {}) {
  const tokenised: string[] = []
  const encode = (text: MappedText) => {
    tokenised.push(String.fromCodePoint(...text.codePoints))
    return tinyEncode(text)
  }
  const rowsOf = createRowsOf({ encode, window, linear, ...options })
  const read = (texts: readonly string[], maxAsked = 100) =>
    rowsOf(
      texts.map((text) => viewOf(text, 'canonical', 10)),
      maxAsked,
    )
  const decided = (texts: readonly string[], maxAsked?: number) =>
    read(texts, maxAsked).map(({ input }) => input.decidedBy)
  return { tokenised, read, decided }
}

test('what the linear stage clears is not tokenised, and has the range that its tokens would have', () => {
  const { tokenised, read } = setUp()

  const rows = read([' ab  cd ', 'ax'])

  expect(tokenised).toEqual(['ax'])
  expect(rows).toMatchObject([
    { range: { start: 11, end: 17 }, input: { decidedBy: 'linear' } },
    { range: { start: 10, end: 12 }, input: { decidedBy: 'network' } },
  ])
  // -6 x 0.5 - 1.
  expect(rows[0]?.input).toMatchObject({ logits: Float64Array.from({ length: 7 }, () => -4) })
})

test('what is asked has its tokens and their range, window by window, and the linear share', () => {
  const { read } = setUp()
  const text = ` ${'x'.repeat(12)} `

  const rows = read([text])

  const { ids } = tinyEncode(viewOf(text).text)
  expect(rows).toMatchObject([
    { range: { start: 11, end: 19 }, input: { ids: ids.slice(0, 8) } },
    { range: { start: 17, end: 23 }, input: { ids: ids.slice(6) } },
  ])
  const [input] = rows.map((row) => row.input)
  // The linear logits are -3 and -6.
  expect(input?.decidedBy === 'network' && Array.from(input.mix([1, 1, 1, 1, 1, 1, 1]))).toEqual([
    -0.5, -0.5, -0.5, -0.5, -0.5, -0.5, -0.5,
  ])
})

test.each([linear, undefined])('a text without a token is no row, with a linear stage or without', (each) => {
  expect(setUp({ linear: each }).read(['', '   ', 'ax'])).toHaveLength(1)
})

test('of too many rows the most abusive are asked, the first of equal ones, and all keep their order', () => {
  const { tokenised, read, decided } = setUp()
  const texts = ['ax', 'bx', 'ay', 'ab', 'by', 'az']

  expect(decided(texts, 4)).toEqual(['network', 'linear', 'network', 'linear', 'network', 'network'])
  expect(decided(texts, 3)).toEqual(['linear', 'linear', 'network', 'linear', 'network', 'network'])
  expect(read(texts, 1).map(({ of }) => of.text)).toEqual(
    texts.map((text) => viewOf(text, 'canonical', 10).text),
  )
  expect(tokenised).toHaveLength(4 + 3 + 1)
})

test('a row for which no room was left counts as one at the gate, not as one beyond it', () => {
  const { read } = setUp()

  const [, second] = read(['az', 'ax'], 1)

  // Of abusive -3 the gate is -4: -4 x 0.5 - 1; of the others -6 x 0.5 - 1.
  expect(second?.input).toMatchObject({ logits: Float64Array.of(-3, -4, -4, -4, -4, -4, -4) })
})

test('a part is asked with all its windows of tokens or not at all', () => {
  const { decided } = setUp()
  const long = `${'b'.repeat(15)}y`

  expect(decided(['az', long], 3)).toEqual(['network', 'linear'])
  expect(decided(['az', long], 4)).toEqual(['network', 'network', 'network', 'network'])
})

test('a part for which there is no room does not keep the next ones from being asked', () => {
  const { tokenised, decided } = setUp()
  const long = `${'b'.repeat(15)}y`

  expect(decided(['az', long, 'ax', 'bx'], 3)).toEqual(['network', 'linear', 'network', 'network'])
  expect(decided([`${'b'.repeat(30)}z`, long, 'ax'], 4)).toEqual([
    'linear',
    'network',
    'network',
    'network',
    'network',
  ])
  expect(tokenised).toEqual(['az', long, 'ax', 'bx', `${'b'.repeat(30)}z`, long, 'ax'])
})

test('however many parts have no room, no more are tokenised than twice the rows that may be asked', () => {
  const { tokenised, decided } = setUp()
  const long = (letter: string) => `${letter.repeat(60)}z`

  decided(['ax', ...Array.from('abcdefgijk', long)], 4)

  expect(tokenised).toHaveLength(8)
})

test('what another category lets pass ranks by how abusive it is', () => {
  expect(setUp().decided(['h', 'ax', 'az'], 2)).toEqual(['linear', 'network', 'network'])
})

test('without a linear stage there is no ranking, and all are asked', () => {
  const { decided } = setUp({ linear: undefined })

  expect(decided(['ab', 'ax', 'az'], 1)).toEqual(['network', 'network', 'network'])
})
