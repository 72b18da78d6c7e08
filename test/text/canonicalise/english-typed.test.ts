import { expect, test } from 'vitest'
import { decodeEnglish } from '../../../src/text/canonicalise/english-typed.js'
import { after, mapped, viewsOf } from '../texts.js'

test.each([
  ['ㄹㅕ차', 'fuck'],
  ['ㅠㅑㅅ초', 'bitch'],
  ['노ㅑㅅ', 'shit'],
  ['ㅗ디ㅣㅐ', 'hello'],
])('%s was %s on the other layout', (raw, typed) => {
  expect(after(decodeEnglish, raw)).toBe(typed)
})

test.each(['ㅋㅋㅋ', 'ㄷㄷㄷ', 'ㅅㅂ', 'ㅗㅑ', 'ㅅㅣ발', '쳐내ㅐㅐㅐ', '아ㅏㅏ', 'ㅁㅇㅁㅇ', 'ㅠㅠ', '려차'])(
  '%s is what was meant',
  (raw) => {
    const text = mapped(raw)

    expect(decodeEnglish(text)).toBe(text)
  },
)

test('letters map to the Hangul whose keys they are', () => {
  expect(decodeEnglish(mapped('ㄹㅕ차'))).toMatchObject({ starts: [0, 1, 2, 2], ends: [1, 2, 3, 3] })
  expect(viewsOf('what the ㄹㅕ차').keyboard).toBe('what the fuck')
})
