import { expect, test } from 'vitest'
import { readLetterNames } from '../../../src/text/canonicalise/letter-names.js'
import { after, mapped } from '../texts.js'

test.each([
  ['C발', '씨발'],
  ['g랄', '지랄'],
  ['시8', '시팔'],
  ['씨8롬', '씨팔롬'],
])('%s is %s by the names of letters', (raw, read) => {
  expect(after(readLetterNames, raw)).toBe(read)
})

test.each(['18', '18일', '18놈', '8시 발매', '오후8시', '10시8분', 'ABC발', 'vitamin C', '시18'])(
  '%s stays',
  (raw) => {
    const text = mapped(raw)

    expect(readLetterNames(text)).toBe(text)
  },
)
