import { type Disguise, spanAttacks } from './attack.js'
import { changeSome, jamoOf, mapSyllables } from './letters.js'
import { asEnclosed, asFullWidth, asMath, asOtherScript } from './styles.js'

type Table = Readonly<Record<string, string>>

// The 2-beolsik layout; compound letters are typed one after the other.
const KEYS: Table = Object.fromEntries(
  (
    'ㅂq ㅈw ㄷe ㄱr ㅅt ㅛy ㅕu ㅑi ㅐo ㅔp ㅁa ㄴs ㅇd ㄹf ㅎg ㅗh ㅓj ㅏk ㅣl ㅋz ㅌx ㅊc ㅍv ㅠb ㅜn ㅡm ' +
    'ㅃQ ㅉW ㄸE ㄲR ㅆT ㅒO ㅖP ㅘhk ㅙho ㅚhl ㅝnj ㅞnp ㅟnl ㅢml ㄳrt ㄵsw ㄶsg ㄺfr ㄻfa ㄼfq ㄽft ㄾfx ㄿfv ㅀfg ㅄqt'
  )
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)

const keysOf = (letter: string): string =>
  jamoOf(letter)
    .map((jamo) => KEYS[jamo] ?? jamo)
    .join('')

export const keyboardEn: Disguise = (span) => Array.from(span, keysOf).join('')

/** One syllable on the wrong layout: 시qkf. */
const keyboardPart: Disguise = (span, random) => changeSome(span, random, 0, keysOf)

const keyboardDots: Disguise = (span, random) => {
  const mark = random.pick(['.', ' ', '-', '_'])
  return keyboardEn(span, random, 'common')
    .split(' ')
    .map((word) => Array.from(word).join(mark))
    .join(' ')
}

const RR_ONSETS: Table = {
  ...{ ㄱ: 'g', ㄲ: 'kk', ㄴ: 'n', ㄷ: 'd', ㄸ: 'tt', ㄹ: 'r', ㅁ: 'm', ㅂ: 'b', ㅃ: 'pp', ㅅ: 's' },
  ...{ ㅆ: 'ss', ㅇ: '', ㅈ: 'j', ㅉ: 'jj', ㅊ: 'ch', ㅋ: 'k', ㅌ: 't', ㅍ: 'p', ㅎ: 'h' },
}
const RR_VOWELS: Table = {
  ...{
    ㅏ: 'a',
    ㅐ: 'ae',
    ㅑ: 'ya',
    ㅒ: 'yae',
    ㅓ: 'eo',
    ㅔ: 'e',
    ㅕ: 'yeo',
    ㅖ: 'ye',
    ㅗ: 'o',
    ㅘ: 'wa',
    ㅙ: 'wae',
  },
  ...{ ㅚ: 'oe', ㅛ: 'yo', ㅜ: 'u', ㅝ: 'wo', ㅞ: 'we', ㅟ: 'wi', ㅠ: 'yu', ㅡ: 'eu', ㅢ: 'ui', ㅣ: 'i' },
}
const RR_CODAS: Table = {
  ...{
    ㄱ: 'k',
    ㄲ: 'k',
    ㄳ: 'k',
    ㄴ: 'n',
    ㄵ: 'n',
    ㄶ: 'n',
    ㄷ: 't',
    ㄹ: 'l',
    ㄺ: 'k',
    ㄻ: 'm',
    ㄼ: 'l',
    ㅀ: 'l',
  },
  ...{
    ㅁ: 'm',
    ㅂ: 'p',
    ㅄ: 'p',
    ㅅ: 't',
    ㅆ: 't',
    ㅇ: 'ng',
    ㅈ: 't',
    ㅊ: 't',
    ㅋ: 'k',
    ㅌ: 't',
    ㅍ: 'p',
    ㅎ: 't',
  },
}

/** Revised Romanisation, letter by letter (no assimilation), as people type it. */
const romanise: Disguise = (span) =>
  mapSyllables(
    span,
    ({ onset, vowel, coda }) => (RR_ONSETS[onset] ?? '') + (RR_VOWELS[vowel] ?? '') + (RR_CODAS[coda] ?? ''),
  )

const KANA_ROWS: Table = {
  ...{
    ㄱ: 'ガギグゲゴ',
    ㄲ: 'カキクケコ',
    ㄴ: 'ナニヌネノ',
    ㄷ: 'ダディドゥデド',
    ㄸ: 'タチツテト',
    ㄹ: 'ラリルレロ',
  },
  ...{
    ㅁ: 'マミムメモ',
    ㅂ: 'バビブベボ',
    ㅃ: 'パピプペポ',
    ㅅ: 'サシスセソ',
    ㅆ: 'サシスセソ',
    ㅇ: 'アイウエオ',
  },
  ...{
    ㅈ: 'ザジズゼゾ',
    ㅉ: 'チャチチュチェチョ',
    ㅊ: 'チャチチュチェチョ',
    ㅋ: 'カキクケコ',
    ㅌ: 'タチツテト',
  },
  ...{ ㅍ: 'パピプペポ', ㅎ: 'ハヒフヘホ' },
}
const KANA_VOWEL: Table = {
  ...{
    ㅏ: '0',
    ㅑ: '0',
    ㅣ: '1',
    ㅟ: '1',
    ㅢ: '1',
    ㅜ: '2',
    ㅠ: '2',
    ㅡ: '2',
    ㅐ: '3',
    ㅔ: '3',
    ㅖ: '3',
    ㅒ: '3',
  },
  ...{ ㅚ: '3', ㅙ: '3', ㅞ: '3', ㅗ: '4', ㅛ: '4', ㅓ: '4', ㅕ: '4', ㅘ: '0', ㅝ: '4' },
}
const KANA_CODA: Table = {
  ...{
    ㄴ: 'ン',
    ㄶ: 'ン',
    ㄵ: 'ン',
    ㅇ: 'ン',
    ㅁ: 'ム',
    ㄹ: 'ル',
    ㅀ: 'ル',
    ㄱ: 'ク',
    ㄲ: 'ク',
    ㅋ: 'ク',
    ㅂ: 'プ',
  },
  ...{ ㅍ: 'プ', ㅄ: 'プ', ㅅ: 'ッ', ㅆ: 'ッ', ㅈ: 'ッ', ㅊ: 'ッ', ㅌ: 'ッ', ㄷ: 'ッ' },
}
/** A kana with the small ones that belong to it. */
const KANA = /.[ァィゥェォャュョ]?/gu

const kana: Disguise = (span) =>
  mapSyllables(span, ({ onset, vowel, coda }, letter) => {
    const row = KANA_ROWS[onset]?.match(KANA) ?? []
    const sound = row[Number(KANA_VOWEL[vowel] ?? 4)]
    return sound === undefined ? letter : sound + (KANA_CODA[coda] ?? '')
  })

const styled =
  (style: (text: string) => string): Disguise =>
  (span, random) =>
    style((random.chance(0.5) ? keyboardEn : romanise)(span, random, 'common'))

export const KEYBOARD = [
  ...spanAttacks(1, 'keyboard', { keyboard_en: keyboardEn }),
  ...spanAttacks(2, 'keyboard', { keyboard_part: keyboardPart, keyboard_dots: keyboardDots }),
]

export const OTHER_SCRIPTS = [
  ...spanAttacks(2, 'other scripts', { romanise, kana }),
  ...spanAttacks(2, 'styled letters', {
    fullwidth_letters: styled(asFullWidth),
    math_letters: (span, random) => styled((text) => asMath(text, random))(span, random, 'common'),
    enclosed_letters: (span, random) => styled((text) => asEnclosed(text, random))(span, random, 'common'),
    confusable_letters: (span, random) =>
      styled((text) => asOtherScript(text, random, 0.5))(span, random, 'common'),
  }),
]
