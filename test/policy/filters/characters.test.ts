import { expect, test } from 'vitest'
import {
  classOf,
  EMOJI,
  isOf,
  LETTER,
  MARK,
  NUMBER,
  SYMBOL,
  UNSEEN,
} from '../../../src/policy/filters/characters.js'

const PATTERNS = [
  [LETTER, /\p{L}/u],
  [NUMBER, /\p{N}/u],
  [MARK, /\p{M}/u],
  [SYMBOL, /\p{P}|\p{S}/u],
  [EMOJI, /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u],
  [UNSEEN, /\s|\p{M}|\p{C}/u],
] as const

test('the first look at a code point and the second say the same', () => {
  for (const codePoint of [0, 0x41, 0xac00, 0x1f600, 0x20000, 0x10ffff])
    expect(classOf(codePoint)).toBe(classOf(codePoint))
})

test.each(PATTERNS)(
  'class %i holds the code points of its Unicode property, and no others',
  (bit, pattern) => {
    const wrong = Array.from({ length: 0x2100 }, (_, i) => i * 131).filter(
      (codePoint) => isOf(codePoint, bit) !== pattern.test(String.fromCodePoint(codePoint)),
    )

    expect(wrong).toEqual([])
  },
)
