import { rememberTest } from '../code-point-memo.js'
import { codePointAt, type MappedText } from '../mapped-text.js'
import { SPECIAL } from '../special-tokens.js'
import { isDigit, isLatin, setOf } from './letters.js'

/** With the first colon. */
const MIN_CODE = 3
const MAX_CODE = 40
const COLON = 0x3a
const OPEN = 0x28
const CLOSE = 0x29
const IN_CODES = setOf('_-+')

/** Faces and hearts of two signs. */
const EMOTICONS = ['<3', ':)', ':(', ':D', ':P', ':p', ':O', ':o', ':3', ';)', '=)', '=D', 'xD', 'XD', 'xd']
const EMOTICON_STARTS = setOf('<:;=xX')
/** What people write in brackets for what they do: (하트). */
const GESTURES: ReadonlySet<string> = new Set(
  ['하트', '웃음', '미소', '폭소', '눈물', '울음', '박수', '윙크', '한숨', '감동'].concat([
    '놀람',
    '깜놀',
    '부끄',
    '뽀뽀',
    '덜덜',
    '당황',
    '정색',
    '씨익',
    '방긋',
    '짝짝',
  ]),
)
const GESTURE_LETTERS = 2

const isCodeLetter = (codePoint: number): boolean =>
  isLatin(codePoint) || isDigit(codePoint) || IN_CODES.has(codePoint)

const pairAt = (text: MappedText, i: number): string =>
  String.fromCharCode(codePointAt(text, i), codePointAt(text, i + 1))

/** The length of a code between colons (:smile:, :_name1:) that begins at `i`; 0 when there is none. */
const codeLength = (text: MappedText, i: number): number => {
  // 1:1:2 is a score.
  if (codePointAt(text, i) !== COLON || isDigit(codePointAt(text, i + 1))) return 0
  let length = 1
  while (length < MAX_CODE && isCodeLetter(codePointAt(text, i + length))) length += 1
  if (length < MIN_CODE || codePointAt(text, i + length) !== COLON) return 0
  // sh:ut:up is a word.
  return isLatin(codePointAt(text, i - 1)) && isLatin(codePointAt(text, i + length + 1)) ? 0 : length + 1
}

// xD, but not xDrive.
const emoticonLength = (text: MappedText, i: number): number => {
  if (!EMOTICONS.includes(pairAt(text, i))) return 0
  const isInWord =
    isLatin(codePointAt(text, i + 1)) &&
    (isLatin(codePointAt(text, i - 1)) || isLatin(codePointAt(text, i + 2)))
  return isInWord ? 0 : 2
}

const gestureLength = (text: MappedText, i: number): number => {
  const length = GESTURE_LETTERS + 2
  return codePointAt(text, i + length - 1) === CLOSE && GESTURES.has(pairAt(text, i + 1)) ? length : 0
}

const isEmoji = rememberTest((codePoint) =>
  /[\p{Emoji_Presentation}❤☺]/u.test(String.fromCodePoint(codePoint)),
)
/** No emoji is before it. */
const FIRST_EMOJI = 0x231a

/** True for an emote or emoji of one code point. */
const isWhole = (codePoint: number): boolean =>
  codePoint === SPECIAL.emote || (codePoint >= FIRST_EMOJI && isEmoji(codePoint))

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
