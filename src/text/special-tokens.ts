import { codePointAt, type MappedText } from './mapped-text.js'

/**
 * What stands for emotes, mentions, links, phone numbers and prices inside a view: private-use code points,
 * which `decodeText` keeps out of the user's own text.
 */
export const SPECIAL = { emote: 0xe000, user: 0xe001, url: 0xe002, tel: 0xe003, money: 0xe004 } as const

/** How the tokenizer and people read them, in the order of the code points. */
export const SPECIAL_NAMES = ['[EMOTE]', '[USER]', '[URL]', '[TEL]', '[MONEY]'] as const

export const isSpecial = (codePoint: number): boolean =>
  codePoint >= SPECIAL.emote && codePoint <= SPECIAL.money

export const isPrivateUse = (codePoint: number): boolean =>
  (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000

/** The text as the tokenizer's training reads it: special tokens by name. */
export const renderText = (text: MappedText): string => {
  let rendered = ''
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const codePoint = codePointAt(text, i)
    rendered += isSpecial(codePoint)
      ? (SPECIAL_NAMES[codePoint - SPECIAL.emote] ?? '')
      : String.fromCodePoint(codePoint)
  }
  return rendered
}
