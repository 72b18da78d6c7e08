import type { Emote, MessageKind } from '../../src/domain/message.js'
import { createRandom, type Random } from '../../src/sources/demo/random.js'
import {
  ENGLISH_ATTACKS,
  ENGLISH_MIX,
  KOREAN_ATTACKS,
  KOREAN_MIX,
} from '../bench/robust/attacks/catalogue.js'
import { paddingAttacks } from '../bench/robust/attacks/padding.js'
import { abusiveLines, innocentLines, paddingSentences } from '../bench/robust/corpus.js'

/** What a text layer may be given: anything a source can send. */
export interface HostileInput {
  readonly text: string
  readonly kind: MessageKind
  readonly emotes: readonly Emote[]
}

const CORPUS = [
  ...abusiveLines('ko'),
  ...abusiveLines('en'),
  ...innocentLines('ko'),
  ...innocentLines('en'),
].map(({ text }) => text)
const ATTACKS = [
  ...[...KOREAN_ATTACKS, KOREAN_MIX, ...paddingAttacks('', paddingSentences('ko'))],
  ...[...ENGLISH_ATTACKS, ENGLISH_MIX, ...paddingAttacks('en_', paddingSentences('en'))],
]

/** What some step of the text layer looks at. */
const UNITS = [
  ...'가각갃시발병신개새끼야이아으앉않ㅋㅎㅠㅜㅡㅣㅏㅗㅅㅂㄹㄱㄲㄴㅇlI1!|-_=^0O7.,:/*@~?()[]$₩#%&+"\'abcfkqrstTRzZ9만원 ',
  ...[
    '\n',
    '\t',
    '\r',
    '\u0000',
    '\u0085',
    '\u00a0',
    '\u00ad',
    '\u2028',
    '\u3000',
    '\u200b',
    '\u200d',
    '\u2060',
  ],
  ...[
    '\u3164',
    '\u115f',
    '\u1160',
    '\uffa0',
    '\u2800',
    '\u034f',
    '\ufe0f',
    '\u{e0041}',
    '\u{e007f}',
    '\u0336',
  ],
  ...['\u0300', '\u20e3', '\u202a', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2069', '\u200f'],
  ...[
    '\u1109',
    '\u1175',
    '\u11ab',
    '\u119e',
    '\ua960',
    '\ud7b0',
    'ﾻ',
    'ￂ',
    '㉠',
    '㉮',
    '㈎',
    '①',
    'Ⓐ',
    '🅐',
    '🄰',
  ],
  ...[
    'ｆ',
    '𝓼',
    '𝟏',
    'с',
    'ѕ',
    'ο',
    'é',
    'ß',
    'İ',
    'ﷺ',
    '½',
    '漢',
    '犬',
    '人',
    '口',
    '丨',
    'シ',
    'ｶﾞ',
    'ー',
    '⠠',
    '⠕',
  ],
  ...[
    '🤬',
    '❤️',
    '👨‍👩‍👧',
    '🇰🇷',
    '👍🏽',
    '\ud83d',
    '\udc00',
    '\ue000',
    '\uf8ff',
    '\u{f0000}',
    '\u{10ffff}',
    '\ufffd',
  ],
  ...[
    'http://',
    'https://a.b/',
    'www.',
    '.com',
    '@a ',
    '@가',
    '010-',
    '+82 ',
    '1,',
    '3만',
    '$1',
    'tlqkf',
    'fuck',
    'LUL ',
  ],
  ...[
    '시1발 ',
    'ㅅㅣ',
    'ㅅ ㅣ ㅂ ',
    'ㅅl',
    'a.',
    's h ',
    'f u ',
    '18',
    '시바ㄹ',
    'sibal ',
    '[EMOTE]',
    '##',
    '⟦',
    '【',
  ],
]

type Maker = (random: Random, length: number) => string

const someUnits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.pick(UNITS)).join('')

const anyCodePoint = (random: Random): string => {
  const [from, to] = random.pick([
    [0, 0x250],
    [0x300, 0x600],
    [0x1100, 0x1200],
    [0x2000, 0x3300],
    [0xac00, 0xd7b0],
    [0xd7b0, 0x10000],
    [0x1d400, 0x1fc00],
    [0, 0x110000],
  ])
  return String.fromCodePoint((from ?? 0) + random.int((to ?? 0) - (from ?? 0)))
}

const randomUnicode: Maker = (random, length) => Array.from({ length }, () => anyCodePoint(random)).join('')

const interesting: Maker = someUnits

const lines: Maker = (random, length) => {
  let text = random.pick(CORPUS)
  while (text.length < length) text += random.pick([' ', '\n', '', '. ']) + random.pick(CORPUS)
  return text
}

/** Up to three attacks on all of it, one after the other. */
const attacked: Maker = (random, length) => {
  let text = lines(random, random.int(length))
  for (let count = 1 + random.int(3); count > 0; count -= 1) {
    const { apply } = random.pick(ATTACKS)
    text = apply(text, [{ start: 0, end: text.length }], random, random.pick(['common', 'rare']))
  }
  return text
}

const mutated: Maker = (random, length) => {
  const letters = Array.from(lines(random, length))
  for (let count = 1 + random.int(Math.min(60, 1 + length / 4)); count > 0; count -= 1) {
    const at = random.int(letters.length + 1)
    const copied = letters.slice(at, at + random.int(9))
    const put = random.pick([[], [random.pick(UNITS)], [anyCodePoint(random)], copied, copied.toReversed()])
    letters.splice(at, random.int(3), ...put)
  }
  return letters.join('')
}

const repeated = (unit: string, length: number): string =>
  unit.repeat(Math.max(1, Math.ceil(length / unit.length)))

/** The same few letters over and over, with or without something before and behind. */
const repeats: Maker = (random, length) => {
  const end = (): string => (random.chance(0.5) ? '' : someUnits(random, 1 + random.int(3)))
  return end() + repeated(someUnits(random, 1 + random.int(4)), length) + end()
}

/** Runs of different letters: what opens and never closes, leads without vowels. */
const runs: Maker = (random, length) => {
  const count = 2 + random.int(3)
  return Array.from({ length: count }, () => repeated(random.pick(UNITS), length / count)).join('')
}

const MAKERS: readonly Maker[] = [
  attacked,
  attacked,
  mutated,
  interesting,
  repeats,
  repeats,
  runs,
  randomUnicode,
  lines,
]

const SHORT = 500
const BYTES = 4096
const LONG = 10_000

const firstCodePoints = (text: string, count: number): string => Array.from(text).slice(0, count).join('')

const anyEmotes = (random: Random, length: number): readonly Emote[] =>
  random.chance(0.85)
    ? []
    : Array.from({ length: random.int(4) }, () => {
        const start = random.int(length + 4) - 2
        return { id: '25', start, end: start + random.int(12) - 2 }
      })

/** A lone surrogate counts three bytes, as the U+FFFD that replaces it. */
const firstBytes = (text: string): string => Buffer.from(text).subarray(0, BYTES).toString()

/** The same input for the same seed: 1 to 500 code points, 4 kB, or 10,000 code points. */
export const hostileInput = (seed: number): HostileInput => {
  const random = createRandom(seed)
  const make = random.pick(MAKERS)
  const size = random.next()
  if (size < 0.8) {
    const length = 1 + random.int(random.pick([8, 40, SHORT]))
    const text = firstCodePoints(make(random, length), Math.min(SHORT, 2 * length))
    return { text, kind: 'chat', emotes: anyEmotes(random, length) }
  }
  const text = size < 0.95 ? firstBytes(make(random, BYTES)) : firstCodePoints(make(random, LONG), LONG)
  return { text, kind: 'board', emotes: anyEmotes(random, 100) }
}
