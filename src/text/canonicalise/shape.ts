import { isConsonant, isHangul, isJamo, isSyllable, isVowel } from '../hangul.js'
import { codePointAt, type MappedText } from '../mapped-text.js'
import { isFaceVowel, isLaughter } from './jamo-runs.js'

const tableOf = (list: string): ReadonlyMap<number, number> =>
  new Map(
    list.split(' ').flatMap((entry) => {
      const jamo = entry.charCodeAt(0)
      return Array.from(entry.slice(1), (shape): [number, number] => [shape.charCodeAt(0), jamo])
    }),
  )

/** What is drawn like a vowel (ㅅl, ㅂr, ㄱH); the first letter of each entry is the jamo. */
const VOWEL_SHAPES = tableOf('ㅣlI|1!i丨│┃ ㅏrΓト卜├ ㅐH ㅓ┤ ㅗ┴⊥ ㅜ┬丅T ㅡ-_ー一―─')
/** What is drawn like a consonant (人ㅣ, 7ㅐ, 0ㅏ). */
const CONSONANT_SHAPES = tableOf(
  'ㅇ0Oo○◯〇 ㄱ7¬┐ ㄴL└ ㄷ⊏匚 ㄹ己 ㅁ口□ロ ㅂ廿 ㅅ人^∧入 ㅈスズ ㅋヨ∃ヲ ㅌE ㅍπ兀',
)
// These are vowels only in the middle of a word: ㅇㅇ! and ㄱㄱ1 are not.
const WEAK_VOWELS = new Set(Array.from('1!-_H', (shape) => shape.charCodeAt(0)))

const isSpelling = (codePoint: number): boolean => isVowel(codePoint) && !isFaceVowel(codePoint)

const vowelAt = (text: MappedText, i: number): number => {
  const jamo = VOWEL_SHAPES.get(codePointAt(text, i))
  const onset = codePointAt(text, i - 1)
  if (jamo === undefined || !isConsonant(onset) || isLaughter(onset) || isConsonant(codePointAt(text, i - 2)))
    return -1
  const next = codePointAt(text, i + 1)
  if (!WEAK_VOWELS.has(codePointAt(text, i))) return jamo
  return isHangul(next) && next !== onset && !isVowel(next) ? jamo : -1
}

const consonantAt = (text: MappedText, i: number): number => {
  const jamo = CONSONANT_SHAPES.get(codePointAt(text, i))
  if (jamo === undefined) return -1
  const next = codePointAt(text, i + 1)
  if (isSpelling(next)) return jamo
  const isFollowed = isSyllable(codePointAt(text, i + 2))
  if (isFaceVowel(next) && isFollowed) return jamo
  // 人l발: both halves are drawn, so only with a shape that nobody types by chance.
  const isRare = codePointAt(text, i) > 0x7f || codePointAt(text, i) === 0x5e
  return isRare && isFollowed && VOWEL_SHAPES.has(next) ? jamo : -1
}

/**
 * Reads signs and letters beside jamo as the jamo that they are drawn like (ㅅl발 -> ㅅㅣ발). The caller
 * composes. Case counts, so this reads the text before lower case.
 */
export const readShapes = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let changed: number[] | undefined
  for (let i = 0; i < n; i += 1) {
    if (isJamo(codePointAt(text, i))) continue
    const view = changed === undefined ? text : { ...text, codePoints: changed }
    const vowel = vowelAt(view, i)
    const jamo = vowel >= 0 ? vowel : consonantAt(text, i)
    if (jamo < 0) continue
    changed ??= [...text.codePoints]
    changed[i] = jamo
  }
  return changed === undefined ? text : { ...text, codePoints: changed }
}
