import fc from 'fast-check'
import type { Emote } from '../../src/domain/message.js'

const WORDS = [
  ...[
    '오늘',
    '방송',
    '다시',
    '발표',
    '역시',
    '발로란트',
    '시발점',
    '새끼손가락',
    '안녕하세요',
    '게임',
    '뭐하냐',
    '진짜',
    '재밌다',
  ],
  ...[
    'tlqkf',
    'hello',
    'The',
    'gg',
    'fuuuck',
    'sh1t',
    'ｆｕｌｌ',
    'fuсk',
    's.h.i.t',
    'don’t',
    'T1',
    'covid19',
  ],
  ...[
    'ㅋㅋㅋㅋ',
    'ㅠㅠ',
    'ㅇㅈ',
    'ㅅㅣㅂㅏㄹ',
    'ㅅ ㅣ ㅂ',
    '시바ㄹ',
    'ㅅl발',
    '시1발',
    '씨🤬발',
    '3판',
    '10시',
    '1등',
  ],
  ...[
    '3만원',
    '$20',
    '010-1234-5678',
    'https://a.example/x',
    'example.com',
    '@login',
    '@이름',
    '[EMOTE]',
    '##',
    '[unk]',
  ],
]
const UNITS = [
  ...'가각시발병신개새끼야이아으ㅋㅎㅠㅜㅡㅣㅏㅗㅅㅂㄹㄱㄲㄴㅇlI1!-_^0O7.,*@~?()[]$|abcdefTRqwkz9원만 ',
  ...[
    '\n',
    '\t',
    '\u3000',
    '\u200b',
    '\u3164',
    '\ufe0f',
    '\u0336',
    '\u034f',
    '\u{e0041}',
    '\u2800',
    '\u00ad',
  ],
  ...[
    '\u202e',
    '\u202c',
    '\u2066',
    '\u1109',
    '\u1175',
    '\u11ab',
    '\u1160',
    '\u119e',
    '\ua960',
    'ﾻ',
    'ﾡ',
    'ￂ',
  ],
  ...[
    '🤬',
    '❤️',
    '👨‍👩‍👧',
    '🇰🇷',
    '1\u20e3',
    'é',
    'İ',
    'ß',
    'Σ',
    'с',
    'Ж',
    '漢',
    'ガ',
    'ｶﾞ',
    '㈎',
    '㉠',
    '①',
    '½',
    'ﷺ',
    '𝓼',
    '🅐',
  ],
  ...['\ud800', '\udc00', '\ue000', '\u{f0000}', '\u0000', '\u0085', '\u2028', '\ufffd', '\u{10ffff}'],
]

/** Chat lines, ordinary and hostile, of up to 30 pieces. */
export const lines: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...UNITS), { maxLength: 30 }).map((units) => units.join('')),
  },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...WORDS, ...UNITS), fc.constantFrom('', ' ', ' ', '.')), {
        maxLength: 12,
      })
      .map((words) => words.flat().join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

/** Emotes as a source may send them: out of bounds, overlapping, the wrong way round. */
export const emotes: fc.Arbitrary<readonly Emote[]> = fc.array(
  fc.record({
    id: fc.constant('25'),
    start: fc.integer({ min: -3, max: 40 }),
    end: fc.integer({ min: -3, max: 40 }),
  }),
  { maxLength: 3 },
)
