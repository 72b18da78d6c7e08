import { expect, test } from 'vitest'
import type { MappedText } from '../../src/text/mapped-text.js'
import { lostRanges, runsOf } from '../../src/text/offset-map.js'
import { makeViews } from '../../src/text/views.js'
import { mapped } from './texts.js'

const textOf = (...places: readonly (readonly [start: number, end: number])[]): MappedText => ({
  codePoints: places.map(() => 0x61),
  starts: places.map(([start]) => start),
  ends: places.map(([, end]) => end),
})

const shown = (text: MappedText): readonly string[] =>
  runsOf(text).map(({ start, end, rawStart, rawEnd }) => `${start}..${end}<-${rawStart}..${rawEnd}`)

test('a text mapped to itself is one run', () => {
  expect(shown(mapped('가나다'))).toEqual(['0..3<-0..3'])
})

test('a run ends where the shift changes', () => {
  expect(shown(textOf([0, 1], [2, 3], [3, 4]))).toEqual(['0..1<-0..1', '1..3<-2..4'])
})

test('what several code points became is a run of its own', () => {
  expect(shown(textOf([0, 1], [1, 3], [3, 4]))).toEqual(['0..1<-0..1', '1..2<-1..3', '2..3<-3..4'])
})

test('what one code point became is one run', () => {
  expect(shown(textOf([0, 1], [1, 2], [1, 2], [2, 3]))).toEqual(['0..1<-0..1', '1..3<-1..2', '3..4<-2..3'])
})

test('reversed text is run by run', () => {
  expect(shown(textOf([1, 2], [0, 1]))).toEqual(['0..1<-1..2', '1..2<-0..1'])
})

test('nothing has no runs and lost all', () => {
  expect(runsOf(mapped(''))).toEqual([])
  expect(lostRanges(mapped(''), 3)).toEqual([{ start: 0, end: 3 }])
})

test('lost ranges are those that nothing came from', () => {
  expect(lostRanges(textOf([1, 2], [4, 6]), 8)).toEqual([
    { start: 0, end: 1 },
    { start: 2, end: 4 },
    { start: 6, end: 8 },
  ])
})

test.each(['시1발 뭐하냐', '\u202e발시\u202c 하', '㈎나', 'ㅅㅣㅂㅏㄹ', 'tlqkf', '\u200b시\u200b발'])(
  'the runs of every view of %j name each of its code points once, with where it came from',
  (raw) => {
    for (const { text } of makeViews({ text: raw, emotes: [], kind: 'chat' }).views) {
      const runs = runsOf(text)
      expect(
        runs.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
      ).toEqual([...text.codePoints.keys()])
      for (const { start, end, rawStart, rawEnd } of runs) {
        expect(Math.min(...text.starts.slice(start, end))).toBe(rawStart)
        expect(Math.max(...text.ends.slice(start, end))).toBe(rawEnd)
      }
    }
  },
)
