import type { Random } from '../../../../src/sources/demo/random.js'
import type { Pool } from './attack.js'

const rangeOf = (from: number, to: number, pattern: RegExp): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).filter((symbol) =>
    pattern.test(symbol),
  )

/** Marks and symbols, without letters in circles, squares or brackets: those are other attacks. */
const MARK = /^(?!\p{Extended_Pictographic})[\p{P}\p{S}]$/u
const EMOJI = /^\p{Extended_Pictographic}$/u
const DIGIT = /^[\p{Nd}\p{No}]$/u

const POOLS = {
  marks: {
    common: Array.from('.,!?~^-_*/;:'),
    rare: [
      ...rangeOf(0xa1, 0xbf, MARK),
      ...rangeOf(0x55a, 0x60d, MARK),
      ...rangeOf(0x964, 0xe5b, MARK),
      ...rangeOf(0x1360, 0x1805, MARK),
      ...rangeOf(0x2010, 0x205e, MARK),
      ...rangeOf(0x20a0, 0x20c0, MARK),
      ...rangeOf(0x2190, 0x23ff, MARK),
      ...rangeOf(0x2500, 0x2bff, MARK),
      ...rangeOf(0x2e00, 0x2e5d, MARK),
      ...rangeOf(0x3001, 0x303f, MARK),
      ...rangeOf(0xa4fe, 0xa6f7, MARK),
      ...rangeOf(0xfe30, 0xfe6b, MARK),
      ...rangeOf(0xff01, 0xff20, MARK),
    ],
  },
  digits: {
    common: Array.from('1123'),
    rare: [
      ...rangeOf(0x660, 0xe59, DIGIT),
      ...rangeOf(0x1040, 0x19d9, DIGIT),
      ...rangeOf(0x2070, 0x2089, DIGIT),
      ...rangeOf(0x2460, 0x249b, DIGIT),
      ...rangeOf(0x2776, 0x2793, DIGIT),
      ...rangeOf(0xff10, 0xff19, DIGIT),
      ...rangeOf(0x1d7ce, 0x1d7ff, DIGIT),
    ],
  },
  spaces: {
    common: [' '],
    rare: Array.from('\u00a0\u1680\u2000\u2002\u2003\u2004\u2005\u2006\u2009\u200a\u202f\u205f\u3000\t'),
  },
  emoji: {
    common: [...'😂🤣😡🤬💕🔥👍💀🖕😊✨🐶😭🙏', '❤️'],
    rare: [
      ...rangeOf(0x2600, 0x27bf, EMOJI),
      ...rangeOf(0x1f300, 0x1f6ff, EMOJI),
      ...rangeOf(0x1f900, 0x1faff, EMOJI),
      ...['👨‍👩‍👧', '🏳️‍🌈', '🇰🇷', '👍🏽', '1️⃣'],
    ],
  },
  zeroWidth: {
    common: Array.from('\u200b\u200c\u200d\u2060\ufeff'),
    rare: Array.from('\u00ad\u034f\u061c\u17b4\u180e\u2061\u2062\u2064\u206a\u206f\ufe00\u{e0061}\u{e0101}'),
  },
  brackets: {
    common: ['()', '[]', '""', "''", '<>', '{}', '**', '~~'],
    rare: ['【】', '「」', '『』', '〔〕', '《》', '⟦⟧', '❨❩', '⁅⁆', '‹›', '﹛﹜', '｟｠', '⸨⸩'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Pool, readonly string[]>>>>

export const drawFrom = (kind: keyof typeof POOLS, random: Random, pool: Pool): string =>
  random.pick(POOLS[kind][pool])
