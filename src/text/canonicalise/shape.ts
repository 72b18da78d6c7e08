import { type CodePointMap, codePointMap } from '../code-point-table.js'
import { cut, type Edit, edited, editOf, lastBefore, wasCut } from '../edit.js'
import { isConsonant, isHangul, isJamo, isSyllable, isVowel } from '../hangul.js'
import { codePointAt, endAt, extendLast, type MappedText, NOTHING, replace, startAt } from '../mapped-text.js'
import { isDoubling, isFaceVowel, isLaughter } from './jamo-runs.js'
import { mapOf, SPACE, setOf } from './letters.js'

const tableOf = (list: string): CodePointMap<number> =>
  codePointMap(
    list.split(' ').flatMap((entry) => {
      const jamo = entry.charCodeAt(0)
      return Array.from(entry.slice(1), (shape): [number, number] => [shape.charCodeAt(0), jamo])
    }),
  )

/** What is drawn or said like a vowel (ㅅl, ㅂr, ㄱH, ㅅa); the first letter of each entry is the jamo. */
const VOWEL_SHAPES = tableOf(
  'ㅣlI|1!i丨│┃┆┇∣︱ ㅏraΓト卜├┝┠┣⊢ ㅑ╞╠ ㅐH卄 ㅓ┤┥┨┫⊣ ㅕ╡╣ ㅔe ㅗo┴┷┸┻⊥⟂工丄 ㅜu┬丅T┯┰┳⊤丁 ㅡ-_ー一―─━—–',
)
/** What is drawn or said like a consonant (人ㅣ, 7ㅐ, 0ㅏ, sㅣ). */
const CONSONANT_SHAPES = tableOf(
  'ㅇ0Oo○◯〇⭕●◎° ㄱ7g¬┐┓フ ㄴLn└┗∟乚レ ㄷd⊏⊂匚 ㄹr己弓乙 ㅁm口□ロ囗◻▢■ ㅂb廿凵甘日曰 ㅅs人^∧入Λ⋀ ㅆ从 ㅈjスズ ㅊc六 ㅋkヨ∃ヲ彐 ㅌtE∈モ ㅍpπ兀 ㅎh',
)
// These are vowels only in the middle of a word: ㅇㅇ! and ㄱㄱ1 are not.
const WEAK_VOWELS = setOf('1!-_Haeou')
const SIGNS = setOf('1!-_')
const ONE = 0x31
const CARET = 0x5e
/** The first of the ideographs and kana, which people write for nothing but words. */
const FIRST_IDEOGRAPH = 0x2e80
/** A word of so many of them may be drawn as a whole. */
const MIN_DRAWN = 3
/** What stands behind a drawn vowel to make another of it: ト丨. */
const STROKES = setOf('|lI丨│')
const STROKED = mapOf('ㅏㅐ ㅑㅒ ㅓㅔ ㅕㅖ')

const isRare = (codePoint: number): boolean => codePoint > 0x7f || codePoint === CARET
const isSpelling = (codePoint: number): boolean => isVowel(codePoint) && !isFaceVowel(codePoint)

const isRareShape = (codePoint: number): boolean => isRare(codePoint) && CONSONANT_SHAPES.has(codePoint)
// What may come behind the vowel: the next syllable or a coda.
const isNext = (codePoint: number): boolean =>
  isSyllable(codePoint) || isConsonant(codePoint) || isRareShape(codePoint)

const isShape = (codePoint: number): boolean => CONSONANT_SHAPES.has(codePoint) || VOWEL_SHAPES.has(codePoint)
const isIdeograph = (codePoint: number): boolean => codePoint >= FIRST_IDEOGRAPH && !isHangul(codePoint)

/** A stretch without spaces; `isDrawn` when all its ideographs, enough of them, look like jamo. */
interface Word {
  readonly end: number
  readonly isDrawn: boolean
}

const NO_WORD: Word = { end: 0, isDrawn: false }

const wordFrom = (text: MappedText, from: number): Word => {
  let [end, shapes, others] = [from, 0, 0]
  for (; end < text.codePoints.length && codePointAt(text, end) !== SPACE; end += 1) {
    const codePoint = codePointAt(text, end)
    if (!isIdeograph(codePoint)) continue
    if (isShape(codePoint)) shapes += 1
    else others += 1
  }
  return { end: Math.max(end, from + 1), isDrawn: shapes >= MIN_DRAWN && others === 0 }
}

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

const consonantAt = (text: MappedText, i: number, isDrawn: boolean): number => {
  const next = codePointAt(text, i + 1)
  // Most stand before no vowel, nor before what is drawn like one.
  const jamo = next === SPACE || isSyllable(next) ? undefined : CONSONANT_SHAPES.get(codePointAt(text, i))
  if (jamo === undefined) return -1
  if (isSpelling(next) || (isDrawn && isIdeograph(codePointAt(text, i)) && VOWEL_SHAPES.has(next)))
    return jamo
  // ^ㅡ^ and ^_^ are faces.
  const after = codePointAt(text, i + 2)
  const isFollowed = isNext(after) && after !== codePointAt(text, i)
  if (isFaceVowel(next) && isFollowed) return jamo
  // 人l발: both halves are drawn, so only with a shape that nobody types by chance.
  return isRare(codePointAt(text, i)) && isFollowed && VOWEL_SHAPES.has(next) ? jamo : -1
}

/** The vowel that a drawn one becomes by a stroke at `i` (ト丨: ㅐ); -1 for most. */
const strokedAt = (edit: Edit, i: number): number =>
  wasCut(edit, i) && STROKES.has(codePointAt(edit.text, i)) ? (STROKED.get(lastBefore(edit, i)) ?? -1) : -1

/** The consonant at `i` that closes a syllable, of which ㅜ and the like must be drawn, too: ㅜ^ is a face. */
const codaAt = (edit: Edit, i: number): number => {
  const before = lastBefore(edit, i)
  const shape = codePointAt(edit.text, i)
  if (shape === CARET || !isRareShape(shape)) return -1
  const onset = codePointAt(edit.text, i - 2)
  const isSpelled = isSpelling(before) && (isConsonant(onset) || isRareShape(onset))
  return isSpelled || (wasCut(edit, i) && isVowel(before)) ? (CONSONANT_SHAPES.get(shape) ?? -1) : -1
}

// 77ㅓ, ^^ㅣ.
const isDoubled = (text: MappedText, i: number): boolean => {
  const shape = codePointAt(text, i)
  return shape === codePointAt(text, i + 1) && isDoubling(CONSONANT_SHAPES.get(shape) ?? NOTHING)
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

/** What is drawn at `i`: a jamo in the place of so many code points. */
interface Drawn {
  readonly jamo: number
  readonly length: number
}

const drawnAt = (edit: Edit, i: number, isDrawn: boolean): Drawn | undefined => {
  const { text } = edit
  const keys = isDoubled(text, i) ? 2 : 1
  const consonant = isHangul(codePointAt(text, i)) ? NOTHING : consonantAt(text, i + keys - 1, isDrawn)
  if (consonant >= 0) return { jamo: consonant + keys - 1, length: keys }
  const vowel = vowelAt(text, i, lastBefore(edit, i))
  const jamo = vowel >= 0 ? vowel : codaAt(edit, i)
  return jamo >= 0 ? { jamo, length: 1 } : undefined
}

/**
 * Reads signs and letters beside jamo as the jamo that they are drawn like (ㅅl발 -> ㅅㅣ발, 77ㅓ -> ㄲㅓ). The
 * caller composes. Case counts, so this reads the text before lower case.
 */
export const readShapes = (text: MappedText): MappedText => {
  if (!hasShape(text)) return text
  const edit = editOf(text)
  let word = NO_WORD
  for (let i = 0, end = 0; i < text.codePoints.length; i = end) {
    if (i >= word.end) word = wordFrom(text, i)
    const stroked = strokedAt(edit, i)
    const drawn = stroked < 0 ? drawnAt(edit, i, word.isDrawn) : undefined
    end = i + (drawn?.length ?? 1)
    if (stroked >= 0) extendLast(cut(edit, i, end), stroked, startAt(text, i), endAt(text, i))
    else if (drawn !== undefined) replace(cut(edit, i, end), text, drawn.jamo, i, end)
  }
  return edited(edit)
}
