import { expect, test } from 'vitest'
import { cut, edited, editOf, filterCodePoints, lastBefore } from '../../src/text/edit.js'
import { append, extendLast, type MappedText, replace } from '../../src/text/mapped-text.js'
import { mapped } from './texts.js'

const textOf = ({ codePoints }: MappedText): string => String.fromCodePoint(...codePoints)

test('what is not cut stays as it is, with its places', () => {
  const text = mapped('가나다라마')
  const edit = editOf(text)
  replace(cut(edit, 1, 3), text, 0x61, 1, 3)
  const result = edited(edit)

  expect(textOf(result)).toBe('가a라마')
  expect(result.starts).toEqual([0, 1, 3, 4])
  expect(result.ends).toEqual([1, 3, 4, 5])
})

test('several places are cut, at either end, side by side and of no length, and more put there than was', () => {
  const text = mapped('0123456')
  const edit = editOf(text)
  cut(edit, 0, 1)
  replace(cut(edit, 1, 2), text, 0x78, 1, 2)
  for (let i = 0; i < 5; i += 1) append(cut(edit, 4, 4), 0x2d, 3, 4)
  cut(edit, 6, 7)
  const result = edited(edit)

  expect(textOf(result)).toBe('x23-----45')
  expect(result.starts).toEqual([1, 2, 3, 3, 3, 3, 3, 3, 4, 5])
  expect(result.ends).toEqual([2, 3, 4, 4, 4, 4, 4, 4, 5, 6])
})

test('a text of which nothing is cut is the same object, and one that is cut is not changed', () => {
  const text = mapped('가나다')

  expect(edited(editOf(text))).toBe(text)
  expect(textOf(filterCodePoints(text, (codePoint) => codePoint !== 0xb098))).toBe('가다')
  expect(textOf(text)).toBe('가나다')
  expect(filterCodePoints(text, () => true)).toBe(text)
  expect(textOf(filterCodePoints(text, () => false))).toBe('')
})

test('what stands before the first place that is cut may be written anew, though not in the text itself', () => {
  const text = mapped('가나다')
  const edit = editOf(text)
  extendLast(cut(edit, 1, 2), 0x61, 1, 2)
  const result = edited(edit)

  expect(textOf(result)).toBe('a다')
  expect([result.starts, result.ends]).toEqual([
    [0, 2],
    [2, 3],
  ])
  expect([textOf(text), text.ends[0]]).toEqual(['가나다', 1])
})

test('before a place stands what was put there, or what was left', () => {
  const text = mapped('가나다')
  const edit = editOf(text)

  expect([lastBefore(edit, 0), lastBefore(edit, 1)]).toEqual([-1, 0xac00])
  cut(edit, 0, 1)
  expect([lastBefore(edit, 1), lastBefore(edit, 2)]).toEqual([-1, 0xb098])
  append(cut(edit, 1, 1), 0x61, 0, 1)
  expect(lastBefore(edit, 1)).toBe(0x61)
  cut(edit, 2, 3)
  expect(lastBefore(edit, 3)).toBe(0xb098)
})
