import { expect, test } from 'vitest'
import { dropIgnorables } from '../../../src/text/canonicalise/ignorables.js'
import { after, mapped } from '../texts.js'

test.each([
  ['zero-width space', '\u200b'],
  ['zero-width joiner', '\u200d'],
  ['word joiner', '\u2060'],
  ['byte order mark', '\ufeff'],
  ['soft hyphen', '\u00ad'],
  ['combining grapheme joiner', '\u034f'],
  ['variation selector', '\ufe0f'],
  ['supplementary variation selector', '\u{e0101}'],
  ['tag letter', '\u{e0041}'],
  ['the suffix of Twitch clients', '\u{e0000}'],
  ['Hangul choseong filler', '\u115f'],
  ['Hangul jungseong filler', '\u1160'],
  ['Hangul filler', '\u3164'],
  ['half-width Hangul filler', '\uffa0'],
  ['blank braille', '\u2800'],
  ['Mongolian vowel separator', '\u180e'],
  ['control', '\u0001'],
])('%s cannot be seen', (_, invisible) => {
  expect(after(dropIgnorables, `시${invisible}발`)).toBe('시발')
})

test('white space, marks and emoji stay', () => {
  const text = mapped('가\t나\n다\u0085라 a\u0301 🤬 ㅋㅋ')

  expect(dropIgnorables(text)).toBe(text)
})
