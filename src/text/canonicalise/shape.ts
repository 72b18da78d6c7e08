import { type CodePointMap, codePointMap } from '../code-point-table.js'
import { cut, edited, editOf, lastBefore } from '../edit.js'
import { isConsonant, isHangul, isJamo, isSyllable, isVowel } from '../hangul.js'
import { codePointAt, type MappedText, NOTHING, replace } from '../mapped-text.js'
import { isFaceVowel, isLaughter } from './jamo-runs.js'
import { SPACE, setOf } from './letters.js'

const tableOf = (list: string): CodePointMap<number> =>
  codePointMap(
    list.split(' ').flatMap((entry) => {
      const jamo = entry.charCodeAt(0)
      return Array.from(entry.slice(1), (shape): [number, number] => [shape.charCodeAt(0), jamo])
    }),
  )

/** What is drawn or said like a vowel (ㅅl, ㅂr, ㄱH, ㅅa); the first letter of each entry is the jamo. */
const VOWEL_SHAPES = tableOf(
  'ㅣlI|1!i丨│┃┆┇∣︱ ㅏraΓト卜├┝┠┣⊢ ㅑ╞╠ ㅐH卄 ㅓ┤┥┨┫⊣ ㅕ╡╣ ㅔe ㅗo┴┷┸┻⊥⟂工 ㅜu┬丅T┯┰┳⊤丁 ㅡ-_ー一―─━—–',
)
/** What is drawn or said like a consonant (人ㅣ, 7ㅐ, 0ㅏ, sㅣ). */
const CONSONANT_SHAPES = tableOf(
  'ㅇ0Oo○◯〇⭕●◎° ㄱ7g¬┐┓フ ㄴLn└┗∟ ㄷd⊏⊂匚 ㄹr己 ㅁm口□ロ囗◻▢■ ㅂb廿凵 ㅅs人^∧入Λ⋀ ㅈjスズ ㅊc ㅋkヨ∃ヲ彐 ㅌtE∈ ㅍpπ兀 ㅎh',
)
// These are vowels only in the middle of a word: ㅇㅇ! and ㄱㄱ1 are not.
const WEAK_VOWELS = setOf('1!-_Haeou')
const SIGNS = setOf('1!-_')
const ONE = 0x31
/** Consonants that double (77ㅓ, ^^ㅣ); the doubled jamo is the next code point. */
const DOUBLING = setOf('ㄱㄷㅂㅅㅈ')

const isRare = (codePoint: number): boolean => codePoint > 0x7f || codePoint === 0x5e
const isSpelling = (codePoint: number): boolean => isVowel(codePoint) && !isFaceVowel(codePoint)

const isRareShape = (codePoint: number): boolean => isRare(codePoint) && CONSONANT_SHAPES.has(codePoint)
// What may come behind the vowel: the next syllable or a coda.
const isNext = (codePoint: number): boolean =>
  isSyllable(codePoint) || isConsonant(codePoint) || isRareShape(codePoint)

const vowelAt = (text: MappedText, i: number, onset: number): number => {
  if (!isConsonant(onset) || isLaughter(onset)) return -1
  const shape = codePointAt(text, i)
  const jamo = VOWEL_SHAPES.get(shape)
  if (jamo === undefined) return -1
  if (!WEAK_VOWELS.has(shape)) return jamo
  const next = codePointAt(text, i + 1)
  const before = codePointAt(text, i - 2)
  // 새ㄲ1 ends in a vowel; ㅅㅂ1등 does not begin with one.
  if (shape === ONE && !isHangul(next) && isSyllable(before)) return jamo
  if (SIGNS.has(shape) && isConsonant(before) && !isConsonant(next)) return -1
  return isNext(next) && next !== onset ? jamo : -1
}

const consonantAt = (text: MappedText, i: number): number => {
  const next = codePointAt(text, i + 1)
  // Most stand before no vowel, nor before what is drawn like one.
  const jamo = next === SPACE || isSyllable(next) ? undefined : CONSONANT_SHAPES.get(codePointAt(text, i))
  if (jamo === undefined) return -1
  if (isSpelling(next)) return jamo
  // ^ㅡ^ and ^_^ are faces.
  const after = codePointAt(text, i + 2)
  const isFollowed = isNext(after) && after !== codePointAt(text, i)
  if (isFaceVowel(next) && isFollowed) return jamo
  // 人l발: both halves are drawn, so only with a shape that nobody types by chance.
  return isRare(codePointAt(text, i)) && isFollowed && VOWEL_SHAPES.has(next) ? jamo : -1
}

const isDoubled = (text: MappedText, i: number): boolean => {
  const shape = codePointAt(text, i)
  return shape === codePointAt(text, i + 1) && DOUBLING.has(CONSONANT_SHAPES.get(shape) ?? -1)
}

// A sign or letter beside jamo, or one so rare that it may stand for a consonant by itself.
const hasShape = (text: MappedText): boolean => {
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const codePoint = codePointAt(text, i)
    if (codePoint === SPACE || isHangul(codePoint)) continue
    if (isRare(codePoint) || isJamo(codePointAt(text, i - 1)) || isJamo(codePointAt(text, i + 1))) return true
  }
  return false
}

/**
 * Reads signs and letters beside jamo as the jamo that they are drawn like (ㅅl발 -> ㅅㅣ발, 77ㅓ -> ㄲㅓ). The
 * caller composes. Case counts, so this reads the text before lower case.
 */
export const readShapes = (text: MappedText): MappedText => {
  if (!hasShape(text)) return text
  const edit = editOf(text)
  for (let i = 0, end = 0; i < text.codePoints.length; i = end) {
    const keys = isDoubled(text, i) ? 2 : 1
    const consonant = isHangul(codePointAt(text, i)) ? NOTHING : consonantAt(text, i + keys - 1)
    const jamo = consonant >= 0 ? consonant + keys - 1 : vowelAt(text, i, lastBefore(edit, i))
    end = consonant >= 0 ? i + keys : i + 1
    if (jamo >= 0) replace(cut(edit, i, end), text, jamo, i, end)
  }
  return edited(edit)
}
