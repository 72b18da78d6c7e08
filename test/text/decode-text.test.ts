import { expect, test } from 'vitest'
import { decodeText } from '../../src/text/decode-text.js'
import { renderText } from '../../src/text/special-tokens.js'

test('positions count code points, not UTF-16 units', () => {
  const { text } = decodeText('🤬가', 10)

  expect(text).toEqual({ codePoints: [0x1f92c, 0xac00], starts: [0, 1], ends: [1, 2] })
})

test('lone surrogates and private-use code points become U+FFFD', () => {
  const { text } = decodeText('a\ud800b\udc00c\ue000\uf8ff\u{f0000}\u{10fffd}', 20)

  expect(renderText(text)).toBe('a\ufffdb\ufffdc\ufffd\ufffd\ufffd\ufffd')
})

test('a text is cut at the limit and says so', () => {
  expect(decodeText('가나다', 2)).toMatchObject({ isCut: true, text: { codePoints: [0xac00, 0xb098] } })
  expect(decodeText('🤬🤬', 2).isCut).toBe(false)
  expect(decodeText('', 2)).toEqual({ isCut: false, text: { codePoints: [], starts: [], ends: [] } })
})
