import { isHangul, isSyllable } from '../hangul.js'
import { codePointAt, type MappedText, withCodePoints } from '../mapped-text.js'
import { COMMON_SYLLABLES } from './common-syllables.js'

const MAX_CACHED = 8_000

/** Drawn like a syllable, or read by the meaning rather than the sound. */
const READ_AS: ReadonlyMap<number, number> = new Map(
  Array.from('亻시彳시⺅시牜씨犬개狗개足발', (letter) => letter.charCodeAt(0)).flatMap((code, i, codes) =>
    i % 2 === 0 ? [[code, codes[i + 1] ?? code] as const] : [],
  ),
)

export const isIdeograph = (codePoint: number): boolean =>
  (codePoint >= 0x4e00 && codePoint <= 0x9fff) || codePoint === 0x2e85

// The Korean collation of CLDR sorts each ideograph right behind the syllable that it is read.
const collator = new Intl.Collator('ko')

const search = (ideograph: number): number => {
  const letter = String.fromCodePoint(ideograph)
  let low = 0
  let high = COMMON_SYLLABLES.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (collator.compare(String.fromCharCode(COMMON_SYLLABLES[middle] ?? 0), letter) <= 0) low = middle + 1
    else high = middle
  }
  // Ideographs without a Korean reading sort behind all syllables.
  return low === COMMON_SYLLABLES.length || low === 0 ? ideograph : (COMMON_SYLLABLES[low - 1] ?? ideograph)
}

const cache = new Map<number, number>(READ_AS)
const readingOf = (ideograph: number): number => {
  const known = cache.get(ideograph)
  if (known !== undefined) return known
  const reading = search(ideograph)
  if (cache.size < MAX_CACHED) cache.set(ideograph, reading)
  return reading
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
