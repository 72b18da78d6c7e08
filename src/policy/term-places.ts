import { isHangul, isSyllable } from '../text/hangul.js'
import { codePointAt, endAt, type MappedText, type Range, startAt } from '../text/mapped-text.js'

/** What may follow a noun within its word: particles, the copula, and what nouns are made verbs with. */
const PARTICLES = [
  ...['은', '이', '을', '의', '에', '도', '만', '과', '는', '가', '를', '로', '와', '나', '랑', '야', '들'],
  ...[
    '으로',
    '까지',
    '부터',
    '처럼',
    '보다',
    '마저',
    '조차',
    '밖에',
    '한테',
    '께',
    '라고',
    '라는',
    '라도',
    '라서',
  ],
  ...['입니', '인', '임', '일', '였', '네', '예요', '같', '되', '된', '될', '됐', '아니', '아닌', '하고'],
].map((particle) => Array.from(particle, (syllable) => syllable.charCodeAt(0)))

const isLatin = (codePoint: number): boolean => codePoint >= 0x61 && codePoint <= 0x7a
const isLetter = (codePoint: number): boolean => isLatin(codePoint) || isHangul(codePoint)

/** Letters that were typed one right after the other; in a joined view neighbours need not have been. */
const isOneWord = (text: MappedText, before: number): boolean =>
  isLatin(codePointAt(text, before)) &&
  isLatin(codePointAt(text, before + 1)) &&
  endAt(text, before) === startAt(text, before + 1)

/** A Latin word is found whole: `ass` not in `class`, but in `ass이다` and `y.o.u.a.s.s`. */
export const cutsLatinWord = (text: MappedText, { start, end }: Range): boolean =>
  isOneWord(text, start - 1) || isOneWord(text, end - 1)

/** True where the noun that ends at `end` is over: no letter follows, or a particle. */
export const isNounEnd = (text: MappedText, end: number): boolean => {
  const next = codePointAt(text, end)
  if (!isSyllable(next)) return !isLatin(next)
  return PARTICLES.some((particle) =>
    particle.every((syllable, i) => codePointAt(text, end + i) === syllable),
  )
}

/** True for a noun that begins its word, and ends it but for a particle. */
export const isNoun = (text: MappedText, { start, end }: Range): boolean =>
  !isLetter(codePointAt(text, start - 1)) && isNounEnd(text, end)

/** Tells whether a range of a view is written otherwise than the canonical text of the same place. */
export const createComparison = (canonical: MappedText): ((text: MappedText, range: Range) => boolean) => {
  let places: Map<number, number> | undefined
  return (text, { start, end }) => {
    places ??= new Map(canonical.starts.map((rawStart, index) => [rawStart, index]))
    const first = places.get(startAt(text, start))
    for (let i = start; first !== undefined && i < end; i += 1) {
      const place = first + i - start
      const isSame =
        codePointAt(canonical, place) === codePointAt(text, i) &&
        startAt(canonical, place) === startAt(text, i)
      if (!isSame) return true
    }
    return first === undefined
  }
}
