import { rememberTest } from '../text/code-point-memo.js'
import { isHangul, isJamo, isSyllable } from '../text/hangul.js'
import { codePointAt, endAt, type MappedText, startAt } from '../text/mapped-text.js'

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

const LETTER = /\p{L}/u
const DIGIT = /\p{Nd}/u
/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u

const isLetter = rememberTest((codePoint) => LETTER.test(String.fromCodePoint(codePoint)))
const isDigit = rememberTest((codePoint) => DIGIT.test(String.fromCodePoint(codePoint)))
/** Of a script that puts a space after a word, particles and all: not Hangul. */
const isSpaced = rememberTest(
  (codePoint) =>
    isLetter(codePoint) && !isHangul(codePoint) && !UNSPACED.test(String.fromCodePoint(codePoint)),
)

/** ㅋㅎㅠㅜ: laughing and crying before a word are no part of it. */
const isLaughter = (codePoint: number): boolean =>
  codePoint === 0x314b || codePoint === 0x314e || codePoint === 0x3160 || codePoint === 0x315c

/** Letters or digits typed one right after the other; in a joined view neighbours need not have been. */
const isOneWord = (text: MappedText, before: number): boolean => {
  const [a, b] = [codePointAt(text, before), codePointAt(text, before + 1)]
  return (
    ((isSpaced(a) && isSpaced(b)) || (isDigit(a) && isDigit(b))) &&
    endAt(text, before) === startAt(text, before + 1)
  )
}

/**
 * True where no term may begin or end. Numbers, and words that others leave a space around, are found whole: `18`
 * not in `2018`, `ass` not in `class`, but in `ass이다` and `y.o.u.a.s.s`.
 */
export const cutsWord = (text: MappedText, place: number): boolean => isOneWord(text, place - 1)

/** True where the noun that ends at `end` is over: no letter follows, or a particle. */
export const isNounEnd = (text: MappedText, end: number): boolean => {
  const next = codePointAt(text, end)
  if (!isSyllable(next)) return !isLetter(next) || isJamo(next)
  return PARTICLES.some((particle) =>
    particle.every((syllable, i) => codePointAt(text, end + i) === syllable),
  )
}

/** True where a word begins at `start`: no letter stands before. */
export const isWordStart = (text: MappedText, start: number): boolean => {
  const before = codePointAt(text, start - 1)
  return !isLetter(before) || isLaughter(before)
}
