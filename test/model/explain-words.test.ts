import { expect, test } from 'vitest'
import type { Scores, Span } from '../../src/domain/verdict.js'
import type { Classifier, Scored } from '../../src/model/classifier.js'
import { evidence } from '../../src/model/explain.js'
import { perCategory } from '../../src/model/per-category.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { makeViews, type View } from '../../src/text/views.js'

const THRESHOLD = 0.5
const thresholds = perCategory(() => THRESHOLD)

interface Words {
  /** What each occurrence of a piece of text adds. */
  readonly weights?: Readonly<Record<string, number>>
  /** What two pieces add where both are. */
  readonly pairs?: readonly (readonly [string, string, number])[]
}

/** A text's score is a plain sum over the words that it has, at most 1. */
const scoreWith =
  ({ weights = {}, pairs = [] }: Words) =>
  ({ codePoints }: MappedText): Scores => {
    const text = String.fromCodePoint(...codePoints)
    const alone = Object.entries(weights).map(([word, weight]) => (text.split(word).length - 1) * weight)
    const together = pairs.map(([a, b, weight]) => (text.includes(a) && text.includes(b) ? weight : 0))
    const sum = [...alone, ...together].reduce((a, b) => a + b, 0)
    return { ...perCategory(() => 0), abusive: Math.min(1, sum) }
  }

const wholeOf = (scores: Scores, { name, text }: View): Scored => {
  const origin = { view: name, start: Math.min(...text.starts), end: Math.max(...text.ends) }
  return { scores, origins: perCategory(() => origin), cached: false }
}

interface Explained {
  readonly spans: readonly Span[]
  readonly pieces: readonly string[]
  readonly rounds: number
}

/** The first view that is abusive won, with all of its text. */
const explain = async (raw: string, words: Words): Promise<Explained> => {
  const scoreOf = scoreWith(words)
  const { views } = makeViews({ text: raw, emotes: [], kind: 'chat' })
  const won = views.find(({ text }) => scoreOf(text).abusive >= THRESHOLD)
  if (won === undefined) throw new Error(`not flagged: ${raw}`)
  let rounds = 0
  let isWaiting = false
  const classifier: Pick<Classifier, 'scoreEach'> = {
    scoreEach: async (texts) => {
      if (!isWaiting) rounds += 1
      isWaiting = true
      await new Promise(setImmediate)
      isWaiting = false
      return texts.map(scoreOf)
    },
  }
  const spans = await evidence(classifier, views, wholeOf(scoreOf(won.text), won), thresholds)
  const letters = [...raw]
  return { spans, pieces: spans.map(({ start, end }) => letters.slice(start, end).join('')), rounds }
}

const piecesOf = async (raw: string, words: Words): Promise<readonly string[]> =>
  (await explain(raw, words)).pieces

test('the word without which the text is clean is the span', async () => {
  expect(await piecesOf('너 진짜 바보 같아', { weights: { 바보: 0.9 } })).toEqual(['바보'])
})

test('of equally many words those are the span that take more off the score', async () => {
  const weights = { 너나: 0.25, 바보: 0.3, 멍청: 0.4 }

  expect(await piecesOf('너나 바보 멍청', { weights })).toEqual(['바보 멍청'])
})

test('two words that are abusive only together are one span', async () => {
  expect(await piecesOf('이제 그만 나가 죽어 줄래', { pairs: [['나가', '죽어', 0.9]] })).toEqual([
    '나가 죽어',
  ])
})

test('words between two that are abusive only together are part of the span', async () => {
  expect(await piecesOf('좀 나가 그냥 죽어', { pairs: [['나가', '죽어', 0.9]] })).toEqual(['나가 그냥 죽어'])
})

test('a word that only makes it worse is not part of the span', async () => {
  expect(await piecesOf('진짜 바보 아니냐', { weights: { 바보: 0.7, 진짜: 0.3 } })).toEqual(['바보'])
})

test('a repeated word is one span, since once it is enough', async () => {
  expect(await piecesOf('야 바보 바보 야', { weights: { 바보: 0.9 } })).toEqual(['바보 바보'])
})

test('a word that is repeated far away is two spans', async () => {
  expect(await piecesOf('바보 가 나 다 라 마 바 바보', { weights: { 바보: 0.9 } })).toEqual(['바보', '바보'])
})

test('a word that must be said twice is the span with its other half', async () => {
  expect(await piecesOf('야 바보 바보 야', { weights: { 바보: 0.4 } })).toEqual(['바보 바보'])
})

test('of one word the letters that are abusive alone are the span', async () => {
  expect(await piecesOf('너진짜시발그만', { weights: { 시발: 0.9 } })).toEqual(['시발'])
})

test('the disguise inside a word is part of its span', async () => {
  const { spans, pieces } = await explain('시1발', { weights: { 시발: 0.9 } })

  expect(pieces).toEqual(['시1발'])
  expect(spans).toEqual([{ start: 0, end: 3, category: 'abusive', view: 'joined' }])
})

test('letters up to the disguise are not the span, even where they are abusive alone', async () => {
  expect(await piecesOf('시1발', { weights: { 시1: 0.9 } })).toEqual(['시1발'])
})

test('spans cover what the view dropped, in code points of the original', async () => {
  expect(await piecesOf('😀 야 시.🤬.발 뭐해', { weights: { 시발: 0.9 } })).toEqual(['시.🤬.발'])
})

test('what a view dropped around the word is not part of the span', async () => {
  expect(await piecesOf('야 \u200b\u200b시\u200b발\u200b 뭐해', { weights: { 시발: 0.9 } })).toEqual([
    '시\u200b발',
  ])
})

test('all that is left out of a short text is asked in one round', async () => {
  expect((await explain('너 진짜 바보 같아', { weights: { 바보: 0.9 } })).rounds).toBe(1)
})
