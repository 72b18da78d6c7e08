import { type Disguise, spanAttacks } from './attack.js'
import { changeSome, putTogether, takeApart } from './letters.js'

const GLIDES: Readonly<Record<string, string>> = Object.fromEntries(
  ['ㅑㅏ', 'ㅕㅓ', 'ㅛㅗ', 'ㅠㅜ', 'ㅒㅐ', 'ㅖㅔ', 'ㅘㅏ', 'ㅝㅓ', 'ㅙㅐ', 'ㅞㅔ', 'ㅢㅣ', 'ㅟㅣ'].map(
    ([glide = '', held = '']) => [glide, held],
  ),
)
const heldVowel = (vowel: string): string => GLIDES[vowel] ?? vowel

/** 시이이발, 시바아알: the vowel goes on in syllables of its own; a coda waits for the last of them. */
export const stretchVowel: Disguise = (span, random) =>
  changeSome(span, random, 0.2, (letter) => {
    const parts = takeApart(letter)
    if (parts === null) return null
    const held = { onset: 'ㅇ', vowel: heldVowel(parts.vowel), coda: '' }
    const count = 1 + random.int(4)
    const last = putTogether({ ...held, coda: parts.coda })
    return putTogether({ ...parts, coda: '' }) + putTogether(held).repeat(count - 1) + last
  })

/** 시ㅣㅣ발, 바ㅏㅏㄹ: loose vowels behind the syllable. */
export const stretchJamo: Disguise = (span, random) =>
  changeSome(span, random, 0.2, (letter) => {
    const parts = takeApart(letter)
    if (parts === null) return null
    const held = heldVowel(parts.vowel).repeat(1 + random.int(4))
    return putTogether({ ...parts, coda: '' }) + held + parts.coda
  })

/** 시발ㄹㄹㄹ, 새끼ㅣㅣ: what the span ends with goes on. */
export const tailStretch: Disguise = (span, random) => {
  const last = takeApart(Array.from(span).at(-1) ?? '')
  if (last === null) return span
  return span + (last.coda === '' ? last.vowel : last.coda).repeat(2 + random.int(5))
}

const repeatSyllable: Disguise = (span, random) =>
  changeSome(span, random, 0.5, (letter) =>
    takeApart(letter) === null ? null : letter.repeat(2 + random.int(3)),
  )

export const STRETCHES = [
  ...spanAttacks(1, 'stretch', {
    stretch_vowel: stretchVowel,
    stretch_jamo: stretchJamo,
    tail_stretch: tailStretch,
  }),
  ...spanAttacks(2, 'stretch', { repeat_syllable: repeatSyllable }),
]
