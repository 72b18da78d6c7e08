import { type Disguise, insertAttacks, spanAttacks } from './attack.js'
import { fillGaps } from './letters.js'
import { drawFrom } from './pools.js'

export const punctInsert: Disguise = (span, random, pool) =>
  fillGaps(span, random, 0.5, () => drawFrom('marks', random, pool))

/** 시...발, 시~~~발: the same mark several times. */
export const punctRun: Disguise = (span, random, pool) => {
  const mark = drawFrom('marks', random, pool)
  return fillGaps(span, random, 1, () => mark.repeat(2 + random.int(4)))
}

export const digitInsert: Disguise = (span, random, pool) =>
  fillGaps(span, random, 0.3, () => drawFrom('digits', random, pool))

export const spaceInsert: Disguise = (span, random, pool) =>
  fillGaps(span, random, 0.8, () => drawFrom('spaces', random, pool))

export const emojiInsert: Disguise = (span, random, pool) =>
  fillGaps(span, random, 0.3, () => drawFrom('emoji', random, pool))

export const zeroWidth: Disguise = (span, random, pool) =>
  fillGaps(span, random, 0.7, () => drawFrom('zeroWidth', random, pool))

export const bracketWrap: Disguise = (span, random, pool) => {
  const [open = '', close = open] = Array.from(drawFrom('brackets', random, pool))
  return Array.from(span, (letter) => (letter === ' ' ? letter : open + letter + close)).join('')
}

export const laughInsert: Disguise = (span, random) =>
  fillGaps(span, random, 0.2, () => random.pick(['ㅋ', 'ㅋㅋ', 'ㅎㅎ', 'ㅋㅋㅋ', 'ㅠㅠ']))

const lineBreakInsert: Disguise = (span, random) =>
  fillGaps(span, random, 0.6, () => random.pick(['\n', '\r\n', '\n\n']))

export const latinInsert: Disguise = (span, random) =>
  fillGaps(span, random, 0.3, () => random.pick(Array.from('aaxxsimepkzX')))

export const jamoInsert: Disguise = (span, random) =>
  fillGaps(span, random, 0.2, () => random.pick(Array.from('ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅡㅣ')))

const fillerInsert: Disguise = (span, random) =>
  fillGaps(span, random, 0.2, () => random.pick(Array.from('뿅룰힝얍잉욤헷')))

const emoteInsert: Disguise = (span, random) =>
  fillGaps(
    span,
    random,
    0,
    () => ` ${random.pick(['LUL', 'Kappa', 'PogChamp', 'KEKW', 'OMEGALUL', 'BibleThump', '4Head'])} `,
  )

/** For any script. */
export const MARK_INSERTIONS = {
  punct_insert: punctInsert,
  punct_run: punctRun,
  space_insert: spaceInsert,
  emoji_insert: emojiInsert,
  zero_width: zeroWidth,
  bracket_wrap: bracketWrap,
} satisfies Readonly<Record<string, Disguise>>

export const INSERTIONS = [
  ...insertAttacks(1, 'insertion', { ...MARK_INSERTIONS, digit_insert: digitInsert }),
  ...spanAttacks(1, 'insertion', { laugh_insert: laughInsert, linebreak_insert: lineBreakInsert }),
  ...spanAttacks(2, 'insertion', {
    latin_insert: latinInsert,
    jamo_insert: jamoInsert,
    filler_insert: fillerInsert,
    emote_insert: emoteInsert,
  }),
]
