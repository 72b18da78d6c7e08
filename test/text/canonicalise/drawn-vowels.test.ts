import { expect, test } from 'vitest'
import { mergeDrawnVowels } from '../../../src/text/canonicalise/drawn-vowels.js'
import { after, mapped } from '../texts.js'

test.each([
  ['미친ㄴ=|ㄴ', '미친ㄴㅕㄴ'],
  ['ㅂ-|ㄹ레', 'ㅂㅓㄹ레'],
  ['ㅂ|-보', 'ㅂㅏ보'],
  ['한L=l는', '한Lㅕ는'],
])('%s reads %s', (raw, read) => {
  expect(after(mergeDrawnVowels, raw)).toBe(read)
})

test.each(['안녕 -| hello', 'a=|b', 'ㅋ-|', '팀1-l팀', '방송 |- 쉬는 날', 'L=l', 'ㅇㅡㅣㅅㅏ', 'ㅇㅡl사'])(
  '%s stays',
  (raw) => {
    const text = mapped(raw)

    expect(mergeDrawnVowels(text)).toBe(text)
  },
)
