import { type Disguise, spanAttacks } from './attack.js'
import { afterEach, fillGaps } from './letters.js'

const between =
  (symbols: string, share: number): Disguise =>
  (span, random) =>
    fillGaps(span, random, share, () => random.pick(Array.from(symbols)))

/** Up to eight marks on every letter. */
export const zalgo: Disguise = (span, random) =>
  afterEach(span, () =>
    Array.from({ length: 1 + random.int(8) }, () => String.fromCodePoint(0x300 + random.int(0x6f))).join(''),
  )

const strikeThrough: Disguise = (span, random) => {
  const stroke = random.pick(Array.from('\u0335\u0336\u0337\u0338\u0332\u0333\u20d2\u20e5'))
  return afterEach(span, () => stroke)
}

const RIGHT_TO_LEFT = '\u202e'
const POP = '\u202c'

/** Typed backwards, and shown forwards again by an override. */
const bidiReverse: Disguise = (span) => RIGHT_TO_LEFT + Array.from(span).reverse().join('') + POP

const ANY_SCRIPT = {
  variation_insert: between('\ufe0e\ufe0f\u180b\u{e0100}\u{e01ef}', 0.8),
  soft_insert: between('\u00ad\u034f\u2800\u115f', 0.6),
  bidi_marks: between('\u200e\u200f\u061c\u2066\u2068\u2069\u202a\u202c', 0.7),
  bidi_reverse: bidiReverse,
  zalgo,
  strike_through: strikeThrough,
} satisfies Readonly<Record<string, Disguise>>

export const INVISIBLE = spanAttacks(1, 'invisible', {
  ...ANY_SCRIPT,
  hangul_filler: between('\u3164\u115f\u1160\uffa0', 0.8),
})

export const ENGLISH_INVISIBLE = spanAttacks(1, 'invisible', {
  en_variation: ANY_SCRIPT.variation_insert,
  en_soft_hyphen: between('\u00ad\u034f', 0.6),
  en_bidi_marks: ANY_SCRIPT.bidi_marks,
  en_bidi_reverse: bidiReverse,
  en_zalgo: zalgo,
  en_strike: strikeThrough,
})
