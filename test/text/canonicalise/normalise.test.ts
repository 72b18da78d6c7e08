import { expect, test } from 'vitest'
import { normalise } from '../../../src/text/canonicalise/normalise.js'
import { after, mapped } from '../texts.js'

test.each([
  ['decomposed Hangul composes', '한글 시발'.normalize('NFD'), '한글 시발'],
  ['a stray conjoining coda closes an open syllable', '바\u11af', '발'],
  ['stray conjoining jamo become letters', '\u110f\u110f \u1173', 'ㅋㅋ ㅡ'],
  ['compatibility jamo stay', 'ㅋㅋㅠㅠ', 'ㅋㅋㅠㅠ'],
  ['half-width jamo become letters', 'ﾻﾻ ﾡￂ', 'ㅋㅋ ㄱㅏ'],
  ['circled syllables and jamo', '㉮㉠', '가ㄱ'],
  ['parenthesised syllables lose their parentheses', '㈎⒜', '가a'],
  ['full width', 'ｓｈｉｔ！', 'shit!'],
  ['mathematical letters', '𝓼𝓱𝓲𝓽', 'shit'],
  ['negative circled and squared letters', '🅐🅑🅰', 'aba'],
  ['small capitals and strokes', 'ꜱʜɪᴛ Øł', 'shit Ol'],
  ['accents and strike-through', 's̶h̶í̈t', 'shit'],
  ['enclosing keycap', '1\u20e3', '1'],
  ['white space of all kinds', 'a\u00a0b\u3000c\td\u2028e', 'a b c d e'],
  ['ligature of eighteen letters stays', 'ﷺ', 'ﷺ'],
])('%s', (_, raw, normal) => {
  expect(after(normalise, raw)).toBe(normal)
})

test('a composed syllable covers all its parts', () => {
  const text = normalise(mapped('a\u1112\u1161\u11abb'))

  expect(text).toEqual({ codePoints: [0x61, 0xd55c, 0x62], starts: [0, 1, 4], ends: [1, 4, 5] })
})

test('all letters of an expansion map to the one code point', () => {
  const text = normalise(mapped('㎏'))

  expect([text.starts, text.ends]).toEqual([
    [0, 0],
    [1, 1],
  ])
})

test('plain Korean and English is the same object', () => {
  const text = mapped('안녕 hello ㅋㅋ 123!')

  expect(normalise(text)).toBe(text)
})
