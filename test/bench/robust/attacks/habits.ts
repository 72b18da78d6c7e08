import { pickWeighted, type Random } from '../../../../src/sources/demo/random.js'
import { type Attack, type Disguise, onSpans } from './attack.js'
import {
  digitInsert,
  emojiInsert,
  jamoInsert,
  latinInsert,
  laughInsert,
  punctInsert,
  punctRun,
  spaceInsert,
  zeroWidth,
} from './insertion.js'
import { chosungFull, chosungPartial, jamoOne, jamoSplit, jamoTail } from './jamo.js'
import { keyboardEn } from './latin.js'
import { codaAdd, codaDrop, homophone, numberRead, resyllabify, vowelShift } from './phonetic.js'
import { leetKo, partialMask } from './shapes.js'
import { stretchJamo, stretchVowel, tailStretch } from './stretch.js'

type Habits = readonly (readonly [Disguise, number])[]

/** What people really do in Korean chat, and how often. */
export const KOREAN_HABITS: Habits = [
  [digitInsert, 7],
  [punctInsert, 7],
  [spaceInsert, 6],
  [punctRun, 3],
  [laughInsert, 2],
  [emojiInsert, 2],
  [zeroWidth, 1],
  [jamoSplit, 3],
  [jamoOne, 3],
  [jamoTail, 3],
  [stretchVowel, 4],
  [stretchJamo, 2],
  [tailStretch, 3],
  [keyboardEn, 3],
  [homophone, 6],
  [vowelShift, 4],
  [chosungFull, 4],
  [chosungPartial, 5],
  [partialMask, 4],
  [leetKo, 3],
  [codaAdd, 2],
  [codaDrop, 2],
  [resyllabify, 2],
  [latinInsert, 2],
  [jamoInsert, 1],
  [numberRead, 2],
]

const ATTEMPTS = 8

/** `count` different habits one after the other; another draw where one of them changes nothing. */
const drawDisguise = (habits: Habits, random: Random, count: number): Disguise => {
  const chosen = new Set<Disguise>()
  while (chosen.size < count) chosen.add(pickWeighted(random, habits))
  return (span, spanRandom, pool) =>
    [...chosen].reduce((text, disguise) => disguise(text, spanRandom, pool), span)
}

const mixOf =
  (habits: Habits, countOf: (random: Random) => number): Attack['apply'] =>
  (text, spans, random, pool) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const disguised = onSpans(drawDisguise(habits, random, countOf(random)))(text, spans, random, pool)
      if (disguised !== text) return disguised
    }
    return text
  }

/** One disguise (mostly) or two, the same over the line, as one person types. */
export const chatMix = (name: string, habits: Habits): Attack => ({
  name,
  family: 'mix',
  tier: 2,
  pools: ['common'],
  apply: mixOf(habits, (random) => (random.chance(0.65) ? 1 : 2)),
})

export const mixOfThree: Attack = {
  name: 'mix3',
  family: 'mix',
  tier: 3,
  pools: ['common'],
  apply: mixOf(KOREAN_HABITS, () => 3),
}
