import { expect, test } from 'vitest'
import {
  isEmoji,
  isLetter,
  isMark,
  isNumber,
  isSymbol,
  isUnseen,
} from '../../../src/policy/filters/characters.js'

test.each([
  ['letters', isLetter, /\p{L}/u],
  ['numbers', isNumber, /\p{N}/u],
  ['marks', isMark, /\p{M}/u],
  ['symbols', isSymbol, /\p{P}|\p{S}/u],
  ['emoji', isEmoji, /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u],
  ['what is unseen', isUnseen, /\s|\p{M}|\p{C}/u],
])('%s are the code points of their Unicode property, and no others', (_, is, pattern) => {
  const wrong = Array.from({ length: 0x2100 }, (_, i) => i * 131).filter(
    (codePoint) => is(codePoint) !== pattern.test(String.fromCodePoint(codePoint)),
  )

  expect(wrong).toEqual([])
})
