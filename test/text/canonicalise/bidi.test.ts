import { expect, test } from 'vitest'
import { resolveBidi } from '../../../src/text/canonicalise/bidi.js'
import { dropIgnorables } from '../../../src/text/canonicalise/ignorables.js'
import type { MappedText } from '../../../src/text/mapped-text.js'
import { after, mapped } from '../texts.js'

const read = (text: MappedText): MappedText => dropIgnorables(resolveBidi(text))

test.each([
  ['\u202e발시\u202c 하이', '시발 하이'],
  ['\u202e발시', '시발'],
  ['\u202e발시\n그대로', '시발\n그대로'],
  ['\u202e나\u202e가\u202c다\u202c라', '다가나라'],
  ['\u2067가\u2069나\u200e다\u061c', '가나다'],
])('%j reads %s', (raw, seen) => {
  expect(after(read, raw)).toBe(seen)
})

test('marks and conjoining jamo stay behind their letter when text is reversed', () => {
  expect(after(read, '\u202eb\u0301a\u1112\u1161\u11ab')).toBe('\u1112\u1161\u11abab\u0301')
})

test('reversed code points still know where they were', () => {
  expect(read(mapped('a\u202ebc')).starts).toEqual([0, 3, 2])
})

test('thousands of nested overrides are one', () => {
  expect(after(read, '\u202e가'.repeat(4_000)).length).toBe(4_000)
})

test('text without controls is the same object', () => {
  const text = mapped('안녕 hello')

  expect(resolveBidi(text)).toBe(text)
})
