import { type Attack, type Disguise, insertAttacks, lineAttack, spanAttacks } from './attack.js'
import { MARK_INSERTIONS } from './insertion.js'
import { ENGLISH_INVISIBLE } from './invisible.js'
import { changeSome, fillGaps } from './letters.js'
import { drawFrom } from './pools.js'
import { asEnclosed, asFullWidth, asMath, asOtherScript } from './styles.js'

const dots: Disguise = (span, random) => {
  const mark = random.pick(['.', '.', '-', '_', '*', ','])
  return fillGaps(span, random, 1, () => mark)
}

const alternateCase: Disguise = (span, random) => {
  const odd = random.int(2)
  return Array.from(span, (letter, index) =>
    index % 2 === odd ? letter.toUpperCase() : letter.toLowerCase(),
  ).join('')
}

const stretch: Disguise = (span, random) =>
  changeSome(span, random, 0.2, (letter) => (/[a-z]/i.test(letter) ? letter.repeat(3 + random.int(4)) : null))

const LEET: Readonly<Record<string, string>> = {
  ...{ a: '4@', b: '8', e: '3', g: '9', i: '1!|', l: '1|', o: '0', s: '5$', t: '7+', z: '2' },
}
const leet: Disguise = (span, random) =>
  changeSome(span, random, 0.6, (letter) => {
    const shapes = LEET[letter.toLowerCase()]
    return shapes === undefined ? null : random.pick(Array.from(shapes))
  })

const ACCENTS = Array.from('\u0301\u0300\u0302\u0303\u0308\u030a\u0327')
const accents: Disguise = (span, random) =>
  changeSome(span, random, 0.6, (letter) =>
    /[a-z]/i.test(letter) ? (letter + random.pick(ACCENTS)).normalize('NFC') : null,
  )

const TIER_1: readonly Attack[] = [
  ...insertAttacks(
    1,
    'insertion',
    Object.fromEntries(Object.entries(MARK_INSERTIONS).map(([name, disguise]) => [`en_${name}`, disguise])),
  ),
  ...spanAttacks(1, 'insertion', { en_dots: dots }),
  ...ENGLISH_INVISIBLE,
  ...spanAttacks(1, 'case', {
    en_alternate_case: alternateCase,
    en_upper_case: (span) => span.toUpperCase(),
  }),
  ...spanAttacks(1, 'stretch', { en_stretch: stretch }),
  ...spanAttacks(1, 'styled letters', {
    en_fullwidth: asFullWidth,
    en_math: (span, random) => asMath(span, random),
    en_enclosed: (span, random) => asEnclosed(span, random),
    en_accents: accents,
  }),
  ...spanAttacks(1, 'look-alikes', {
    en_confusable: (span, random) => asOtherScript(span, random, 0.4),
    en_leet: leet,
  }),
  lineAttack(1, 'spacing', 'en_space_all', (text) => Array.from(text.replaceAll(' ', '')).join(' ')),
]

const inside = (span: string, random: Parameters<Disguise>[1], change: (letter: string) => string | null) => {
  const letters = Array.from(span)
  return changeSome(span, random, 0.2, (letter, index) => {
    const isInside = /[a-z]/i.test(letters[index - 1] ?? ' ') && /[a-z]/i.test(letters[index + 1] ?? ' ')
    return isInside ? change(letter) : null
  })
}

const mask: Disguise = (span, random) =>
  inside(span, random, () => random.pick(['*', '*', '#', '-', '_', 'x']))

const dropVowels: Disguise = (span, random) =>
  inside(span, random, (letter) => (/[aeiou]/i.test(letter) ? '' : null))

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ck\b/gi, 'k'],
  [/f/gi, 'ph'],
  [/c(?=[aoukl])/gi, 'k'],
  [/s\b/gi, 'z'],
  [/u/gi, 'oo'],
  [/i(?=[^aeiou])/gi, 'ee'],
  [/er\b/gi, 'a'],
]
const phonetic: Disguise = (span, random) => {
  const usable = SOUNDS.filter(([sound]) => span.search(sound) >= 0)
  if (usable.length === 0) return span
  const [sound, spelling] = random.pick(usable)
  return span.replace(sound, spelling)
}

const swapInside: Disguise = (span, random) => {
  const places = Array.from(span.matchAll(/(?<=[a-z])([a-z])([a-z])/gi))
  if (places.length === 0) return span
  const { index, 1: a = '', 2: b = '' } = random.pick(places)
  return span.slice(0, index) + b + a + span.slice(index + 2)
}

const strayLetter: Disguise = (span, random) =>
  fillGaps(span, random, 0, () => random.pick(Array.from('xqzkw')))

const strayDigit: Disguise = (span, random, pool) =>
  fillGaps(span, random, 0.2, () => drawFrom('digits', random, pool))

// The same keys on the Korean layout.
const KOREAN_KEYS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(
    'qㅂwㅈeㄷrㄱtㅅyㅛuㅕiㅑoㅐpㅔaㅁsㄴdㅇfㄹgㅎhㅗjㅓkㅏlㅣzㅋxㅌcㅊvㅍbㅠnㅜmㅡ'.matchAll(/(.)(.)/gu),
    (pair) => [pair[1] ?? '', pair[2] ?? ''],
  ),
)
/** Loose jamo, as an input method shows keys that make no syllable. */
const koreanKeys: Disguise = (span) =>
  Array.from(span.toLowerCase(), (letter) => KOREAN_KEYS[letter] ?? letter).join('')

const TIER_2: readonly Attack[] = [
  ...spanAttacks(2, 'masking', { en_mask: mask }),
  ...spanAttacks(2, 'phonetic', { en_drop_vowels: dropVowels, en_phonetic: phonetic }),
  ...spanAttacks(2, 'order', { en_swap: swapInside }),
  ...spanAttacks(2, 'insertion', { en_stray_letter: strayLetter, en_stray_digit: strayDigit }),
  ...spanAttacks(2, 'keyboard', { en_korean_keys: koreanKeys }),
]

export const ENGLISH: readonly Attack[] = [...TIER_1, ...TIER_2]

/** What people really do, and how often. */
export const ENGLISH_HABITS: readonly (readonly [Disguise, number])[] = [
  [leet, 6],
  [mask, 6],
  [dots, 4],
  [MARK_INSERTIONS.space_insert, 4],
  [stretch, 5],
  [alternateCase, 3],
  [MARK_INSERTIONS.punct_insert, 3],
  [dropVowels, 4],
  [phonetic, 3],
  [swapInside, 3],
  [strayLetter, 1],
  [strayDigit, 1],
  [accents, 1],
  [asFullWidth, 1],
  [(span, random) => asOtherScript(span, random, 0.4), 1],
  [MARK_INSERTIONS.zero_width, 1],
  [MARK_INSERTIONS.emoji_insert, 1],
]
