import { expect, test } from 'vitest'
import { partOf, runsOf, touches, withNeighbours } from '../../src/model/word-runs.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { viewOf } from './tiny-model.js'

const textOf = (text: string, shift = 0): MappedText => viewOf(text, 'canonical', shift).text
const read = ({ codePoints }: MappedText): string => String.fromCodePoint(...codePoints)
const readRuns = (text: string, maxWords: number): readonly string[] =>
  runsOf(textOf(text), maxWords).map((run) => `${read(run.text)}|${read(run.rest)}`)

test('runs of words come with the rest of the text, the smallest first', () => {
  expect(readRuns('ab cd ef', 3)).toEqual([
    ...['ab|cd ef', 'cd|ab ef', 'ef|ab cd'],
    ...['ab cd|ef', 'cd ef|ab'],
    'ab cd ef|',
  ])
})

test('no run has more words than allowed', () => {
  expect(readRuns('ab cd ef', 1)).toEqual(['ab|cd ef', 'cd|ab ef', 'ef|ab cd'])
})

test('a single word has runs of letters, of any length, but of one letter', () => {
  expect(readRuns('abc', 1)).toEqual(['ab|c', 'bc|a', 'abc|'])
})

test('runs of letters begin and end with a letter', () => {
  expect(readRuns('a1b!', 1)).toEqual(['a1b|!'])
})

test('a run keeps the places of the original', () => {
  const [run] = runsOf(textOf('ab cd', 10), 1)

  expect(run?.text.starts).toEqual([10, 11])
  expect(run?.rest.starts).toEqual([13, 14])
})

test('a text without words has no runs', () => {
  expect(readRuns('', 3)).toEqual([])
})

test('the part that came from a range of the original', () => {
  expect(read(partOf(textOf('ab cd ef', 10), { start: 13, end: 15 }))).toBe('cd')
})

test('neighbours are whole words on either side, as many as there are', () => {
  const text = textOf('ab cd ef gh ij')
  const part = partOf(text, { start: 3, end: 5 })

  expect(read(withNeighbours(text, part, 2))).toBe('ab cd ef gh')
})

test('a text touches the ranges that it came from, not those beside it', () => {
  const part = textOf('cd', 3)

  expect(touches(part, { start: 4, end: 9 })).toBe(true)
  expect(touches(part, { start: 5, end: 9 })).toBe(false)
})
