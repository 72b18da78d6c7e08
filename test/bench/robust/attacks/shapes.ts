import type { Random } from '../../../../src/sources/demo/random.js'
import { type Disguise, spanAttacks } from './attack.js'
import { changeSome, takeApart } from './letters.js'

type Table = Readonly<Record<string, string>>

// What is typed for a jamo because it looks like it; ㅓ and ㅕ need two.
const LEET_VOWELS: Readonly<Record<string, readonly string[]>> = {
  ㅣ: ['l', '1', '|', 'I', '!'],
  ㅏ: ['r', 'ㅏ'],
  ㅐ: ['H', 'ㅐ'],
  ㅓ: ['-l', '-|', '-1'],
  ㅔ: ['-ll', 'ㅓl'],
  ㅑ: ['F', '|='],
  ㅕ: ['=l', '=|'],
  ㅡ: ['_', '-'],
  ㅜ: ['T'],
  ㅠ: ['π', 'TT'],
  ㅢ: ['_l', 'ㅡl'],
  ㅟ: ['Tl', 'ㅜl'],
}
const LEET_ONSETS: Readonly<Record<string, readonly string[]>> = {
  ㅅ: ['^', 'ㅅ', 'ㅅ', 'ㅅ'],
  ㅆ: ['^^', 'ㅆ', 'ㅆ', 'ㅆ'],
  ㄱ: ['7', 'ㄱ', 'ㄱ'],
  ㄲ: ['77', 'ㄲ', 'ㄲ'],
  ㅇ: ['0', 'O'],
  ㄴ: ['L', 'ㄴ', 'ㄴ'],
  ㄷ: ['C', 'ㄷ', 'ㄷ'],
  ㅌ: ['E', 'ㅌ', 'ㅌ'],
}
const CJK: Table = {
  ...{
    ㅣ: '丨',
    ㅡ: '一',
    ㅏ: '卜',
    ㅗ: '丄',
    ㅜ: '丅',
    ㅅ: '人',
    ㅆ: '从',
    ㅁ: '口',
    ㅇ: '〇',
    ㄹ: '己',
    ㄷ: '匚',
  },
  ...{ ㅂ: '廿', ㄴ: '乚', ㅠ: '兀', ㅌ: '巨', ㅈ: '天', ㅎ: '六' },
}

const spelled = (letter: string, shape: (jamo: string, isOnset: boolean) => string): string | null => {
  const parts = takeApart(letter)
  if (parts === null) return null
  const { onset, vowel, coda } = parts
  const shaped = shape(onset, true) + shape(vowel, false) + coda
  return shaped === onset + vowel + coda ? null : shaped
}

const leetOf = (random: Random) => (jamo: string, isOnset: boolean) => {
  const shapes = (isOnset ? LEET_ONSETS : LEET_VOWELS)[jamo]
  return shapes === undefined ? jamo : random.pick(shapes)
}

/** ㅅl발, 시ㅂrㄹ, ㅅH끼. */
export const leetKo: Disguise = (span, random) =>
  changeSome(span, random, 0.25, (letter) => spelled(letter, leetOf(random)))

const cjkComponent: Disguise = (span, random) =>
  changeSome(span, random, 0.25, (letter) => spelled(letter, (jamo) => CJK[jamo] ?? jamo))

export const SHAPES = spanAttacks(2, 'look-alikes', { leet_ko: leetKo, cjk_component: cjkComponent })

const MASKS = Array.from('*XOx○●ㅇ♡◯+')

/** One syllable hidden, the first one seldom. */
export const partialMask: Disguise = (span, random) => {
  const letters = Array.from(span)
  const places = letters.flatMap((letter, index) => (takeApart(letter) === null ? [] : [index]))
  if (places.length < 2) return span
  const hidden = random.chance(0.15) ? places[0] : random.pick(places.slice(1))
  const mask = random.pick(MASKS)
  return letters.map((letter, index) => (index === hidden ? mask : letter)).join('')
}

/** ㅅ*끼, ㅂX신: an initial and a mask for one syllable. */
const maskedInitial: Disguise = (span, random) =>
  changeSome(span, random, 0, (letter) => {
    const parts = takeApart(letter)
    return parts === null ? null : parts.onset + random.pick(['*', '.', '-', '~', '@'])
  })

export const MASKS_KO = spanAttacks(2, 'masking', {
  partial_mask: partialMask,
  masked_initial: maskedInitial,
})
