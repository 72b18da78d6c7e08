import { expect, test } from 'vitest'
import { resolveBidi } from '../../../src/text/canonicalise/bidi.js'
import { dropIgnorables } from '../../../src/text/canonicalise/ignorables.js'
import { isNormal, normalise } from '../../../src/text/canonicalise/normalise.js'
import { readRegionalLetters } from '../../../src/text/canonicalise/regional-letters.js'
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
  ['full-width brackets', 'a（b）', 'a(b)'],
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

test('no step of cleaning changes what is normal', () => {
  const steps = [resolveBidi, dropIgnorables, readRegionalLetters, normalise]
  const changed: number[] = []
  for (let codePoint = 0; codePoint < 0x11_0000; codePoint += 1) {
    const text = { codePoints: [codePoint], starts: [0], ends: [1] }
    if (isNormal(text) && steps.some((step) => step(text) !== text)) changed.push(codePoint)
  }

  expect(changed).toEqual([])
  expect(isNormal(mapped('시1발 뭐하냐 ㅋㅋ!? ok'))).toBe(true)
  for (const odd of ['\u200b', '\t', 'é', '\u202e', '🇰']) expect(isNormal(mapped(`시발${odd}`))).toBe(false)
})
