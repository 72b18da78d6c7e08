import { rememberTest } from '../code-point-memo.js'
import { codePointAt, type MappedText, NOTHING } from '../mapped-text.js'
import { SPECIAL } from '../special-tokens.js'
import { isDigit, isLatin, isSpace, setOf } from './letters.js'

const MAX_CODE = 40
const COLON = 0x3a
const OPEN = 0x28
const CLOSE = 0x29
const IN_CODES = setOf('_-+')

/** Faces and hearts of two signs. */
const EMOTICONS = ['<3', ':)', ':(', ':D', ':P', ':p', ':O', ':o', ';)', '=)', '=D', 'xD', 'XD', 'xd']
const EMOTICON_STARTS = setOf('<:;=xX')
/** What people write in brackets for what they do: (하트). */
const GESTURES: ReadonlySet<string> = new Set([
  ...['하트', '웃음', '미소', '폭소', '눈물', '울음', '박수', '윙크', '한숨', '감동'],
  ...['놀람', '깜놀', '부끄', '뽀뽀', '덜덜', '당황', '정색', '씨익', '방긋', '짝짝'],
])
const GESTURE_LETTERS = 2

const isCodeLetter = (codePoint: number): boolean =>
  isLatin(codePoint) || isDigit(codePoint) || IN_CODES.has(codePoint)

const pairAt = (text: MappedText, i: number): string =>
  String.fromCharCode(codePointAt(text, i), codePointAt(text, i + 1))

// sh:ut:up and std::vector::push are words.
const isInCodeWord = (codePoint: number): boolean => isLatin(codePoint) || codePoint === COLON

/** The length of a code between colons (:smile:, :_name1:) that begins at `i`; 0 when there is none. */
const codeLength = (text: MappedText, i: number): number => {
  if (codePointAt(text, i) !== COLON || isInCodeWord(codePointAt(text, i - 1))) return 0
  let length = 1
  // 1:1:2 is a score.
  let isScore = true
  for (; length < MAX_CODE && isCodeLetter(codePointAt(text, i + length)); length += 1)
    isScore &&= isDigit(codePointAt(text, i + length))
  if (isScore || codePointAt(text, i + length) !== COLON) return 0
  return isInCodeWord(codePointAt(text, i + length + 1)) ? 0 : length + 1
}

const isSpaceOrEnd = (codePoint: number): boolean => isSpace(codePoint) || codePoint === NOTHING

// xD, but not xDrive; :D, but not A:D; <3, but not <30.
const emoticonLength = (text: MappedText, i: number): number => {
  if (!EMOTICONS.includes(pairAt(text, i))) return 0
  const [last, next] = [codePointAt(text, i + 1), codePointAt(text, i + 2)]
  if (isDigit(last)) return isDigit(next) ? 0 : 2
  return !isLatin(last) || (isSpaceOrEnd(codePointAt(text, i - 1)) && !isLatin(next)) ? 2 : 0
}

const gestureLength = (text: MappedText, i: number): number => {
  const length = GESTURE_LETTERS + 2
  return codePointAt(text, i + length - 1) === CLOSE && GESTURES.has(pairAt(text, i + 1)) ? length : 0
}

const isEmoji = rememberTest((codePoint) =>
  /[\p{Emoji_Presentation}❤☺]/u.test(String.fromCodePoint(codePoint)),
)
/** Where emoji are that are no signs first (as ™ is): most text lies between both ranges. */
const mayBeEmoji = (codePoint: number): boolean =>
  codePoint >= 0x1f000 || (codePoint >= 0x231a && codePoint <= 0x2b55)

/** True for an emote or emoji of one code point. */
const isWhole = (codePoint: number): boolean =>
  codePoint === SPECIAL.emote || (mayBeEmoji(codePoint) && isEmoji(codePoint))

/** False for what begins no emote; true for much else, too. */
export const mayBeEmote = (codePoint: number): boolean =>
  codePoint === OPEN || EMOTICON_STARTS.has(codePoint) || isWhole(codePoint)

/** The end of an emote, emoji, emoticon or gesture that is written from `i` on; `i` when there is none. */
export const emoteEnd = (text: MappedText, i: number): number => {
  const codePoint = codePointAt(text, i)
  if (isWhole(codePoint)) return i + 1
  if (codePoint === OPEN) return i + gestureLength(text, i)
  if (!EMOTICON_STARTS.has(codePoint)) return i
  return i + (codeLength(text, i) || emoticonLength(text, i))
}
