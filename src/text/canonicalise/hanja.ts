import { isHangul, isSyllable } from '../hangul.js'
import { codePointAt, type MappedText, withCodePoints } from '../mapped-text.js'
import { COMMON_SYLLABLES } from './common-syllables.js'
import { mapOf } from './letters.js'

const FIRST = 0x4e00
const LAST = 0x9fff
const RADICAL = 0x2e85

/** Drawn like a syllable, or read by the meaning rather than the sound. */
const READ_AS = mapOf('亻시 彳시 ⺅시 牜씨 犬개 狗개 足발')

export const isIdeograph = (codePoint: number): boolean =>
  (codePoint >= FIRST && codePoint <= LAST) || codePoint === RADICAL

/** The syllable (0: none) that each ideograph from U+4E00 on is read; takes about 20 ms. */
const createReadings = (): Uint16Array => {
  // The Korean collation of CLDR sorts each ideograph right behind its syllable, those without one behind all.
  const { compare } = new Intl.Collator('ko')
  const syllables = COMMON_SYLLABLES.map((syllable) => String.fromCharCode(syllable))
  const isAfter = (ideograph: string, i: number): boolean => compare(syllables[i] ?? '', ideograph) <= 0
  const search = (ideograph: string): number => {
    let low = 0
    let high = syllables.length - 1
    if (isAfter(ideograph, high)) return 0
    while (low < high) {
      const middle = (low + high) >> 1
      if (isAfter(ideograph, middle)) low = middle + 1
      else high = middle
    }
    return COMMON_SYLLABLES[low - 1] ?? 0
  }
  return Uint16Array.from({ length: LAST - FIRST + 1 }, (_, i) => search(String.fromCharCode(FIRST + i)))
}

let readings: Uint16Array | undefined

const readingOf = (ideograph: number): number => {
  readings ??= createReadings()
  return READ_AS.get(ideograph) ?? (readings[ideograph - FIRST] || ideograph)
}

/** Ideographs in a line with Hangul become the syllables that they are read (病身 -> 병신, 始발 -> 시발). */
export const readHanja = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let first = 0
  while (first < n && !isIdeograph(codePointAt(text, first))) first += 1
  if (first === n || !text.codePoints.some(isHangul)) return text
  const codePoints = text.codePoints.slice()
  let isChanged = false
  for (let from = first; from < n; ) {
    let to = from
    while (isIdeograph(codePointAt(text, to))) to += 1
    // A single one between spaces (美, 女) is written for what it means.
    const isPart =
      to - from > 1 || isSyllable(codePointAt(text, to)) || isSyllable(codePointAt(text, from - 1))
    if (to > from && isPart)
      for (let i = from; i < to; i += 1) {
        const reading = readingOf(codePointAt(text, i))
        isChanged ||= reading !== codePoints[i]
        codePoints[i] = reading
      }
    from = Math.max(to, from + 1)
  }
  return isChanged ? withCodePoints(text, codePoints) : text
}
