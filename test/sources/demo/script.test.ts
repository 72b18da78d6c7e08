import { expect, test } from 'vitest'
import { type DemoLine, demoScript } from '../../../src/sources/demo/script.js'

const take = (count: number, seed = 1): readonly DemoLine[] => {
  const script = demoScript(seed)
  return Array.from({ length: count }, () => script.next().value)
}

const share = (lines: readonly DemoLine[], test: (line: DemoLine) => boolean): number =>
  lines.filter(test).length / lines.length

test('the same seed tells the same story and another seed another one', () => {
  expect(take(500, 3)).toEqual(take(500, 3))
  expect(take(500, 4)).not.toEqual(take(500, 3))
})

test('two to four lines in a hundred cross the line, all by a handful of users', () => {
  const lines = take(20_000)

  const abusive = lines.filter(({ isAbusive }) => isAbusive)

  expect(abusive.length / lines.length).toBeGreaterThan(0.02)
  expect(abusive.length / lines.length).toBeLessThan(0.04)
  expect(new Set(abusive.map(({ author }) => author.id)).size).toBeLessThan(10)
  expect(abusive.some(({ channel, text }) => channel.kind === 'board' && text.length > 200)).toBe(true)
})

test('the fourth line of every story is abusive', () => {
  for (const seed of [1, 2, 3])
    expect(take(4, seed).map(({ isAbusive }) => isAbusive)).toEqual([false, false, false, true])
})

test('chat is as short and repetitive as real chat', () => {
  const chat = take(20_000).filter(({ channel }) => channel.kind === 'chat')
  const lengths = chat.map(({ text }) => [...text].length).toSorted((a, b) => a - b)

  const median = lengths[Math.floor(lengths.length / 2)] ?? 0

  expect(median).toBeGreaterThanOrEqual(5)
  expect(median).toBeLessThanOrEqual(12)
  expect(share(chat, ({ text }) => /^[ㅋㅎㅠ]+$/.test(text))).toBeGreaterThan(0.08)
})

test('no slot is left unfilled and every gap is positive', () => {
  const lines = take(20_000)

  expect(lines.filter(({ text }) => /\{\w+\}/.test(text))).toEqual([])
  expect(lines.every(({ gap }) => gap > 0)).toBe(true)
})

test('lines arrive at the mean pace of about one a gap', () => {
  const lines = take(20_000)

  const mean = lines.reduce((sum, { gap }) => sum + gap, 0) / lines.length

  expect(mean).toBeGreaterThan(0.8)
  expect(mean).toBeLessThan(1.2)
})
