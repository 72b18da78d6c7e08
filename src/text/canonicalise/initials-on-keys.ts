import { codePointSet } from '../code-point-table.js'
import { cut, edited, editOf } from '../edit.js'
import { isConsonant, isHangul, isSyllable } from '../hangul.js'
import { codePointAt, type MappedText, NOTHING, replace } from '../mapped-text.js'
import { isPlausible } from './english-typed.js'
import { isLaughter } from './jamo-runs.js'
import { jamoOf, jamoOn } from './keyboard-layout.js'
import { isDigit, isLatin, isSpace, isUpper } from './letters.js'

const MIN_KEYS = 2
/** Before a Korean ending (rt들아). */
const MAX_KEYS_ATTACHED = 5
/** All of a word, with a shifted key inside (rtR). */
const MAX_KEYS_ALONE = 6
const MAX_MARKS = 2
const UNDERSCORE = 0x5f

/** What people write before a particle and mean. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  `
cc cctv cd cdc cds cf cfs cr crt cs css csr csv ct cts cv cx dc dcs dd ddr dr drx ds dsr dt dts dv dvd dvr dx
fc fcs fearx fd fdd fdr fds fr frc fs ft ftc fts ftx fw fwd fx qc qr qrs qwert rc rcs rct rd rdr rds rf rfc rs rss
rt rtd rts rtx rtt rv rwd rx sc scv sd sdr sds sf sfx sr srs srt ss ssd ssr st std stt stx svt sw swf sx tc tcr
tct td tdd tds tf tfs tft tr ts tsd tss tst tt tts tv tva tvs tx txt vc vcr vcs vd vf vfx vr vrc vs vsr vst vt vtr
vv vx wc wcs wd wdc wds wf ws wsd wsr wt wtf wv wwdc wx xd xf xr xs xt xv
`
    .trim()
    .split(/\s+/),
)
// A cutie, before a name or by itself; no word that ends in a vowel takes these particles.
const CUTIE = 'qt'
const AFTER_CODA = /^(?:(?:아|은|을|과)(?!\p{L})|들|새끼|같)/u
const MAX_ENDING = 3
// The skills of a game (weq), which are also keys.
const SKILLS = /^[qwer]+$/u
const VOWEL = /[ae]/u

const isEnglish = (word: string): boolean =>
  ABBREVIATIONS.has(word) ||
  SKILLS.test(word) ||
  (VOWEL.test(word) && (word.length === 2 || isPlausible(word)))

const LETTERS = Array.from({ length: 0x80 }, (_, codePoint) => codePoint).filter(isLatin)
/** True for a key of a consonant, whatever its case. */
const mayBeInitial = codePointSet(LETTERS.filter((letter) => isConsonant(jamoOn(letter | 0x20)))).has

/** Indices of the keys of the word that starts at `from`; marks and digits may stand between them. */
const keysFrom = (text: MappedText, from: number): readonly number[] => {
  const places = [from]
  for (let i = from + 1, marks = 0; places.length <= MAX_KEYS_ALONE && marks <= MAX_MARKS; i += 1) {
    const codePoint = codePointAt(text, i)
    if (isLatin(codePoint)) {
      places.push(i)
      marks = 0
    } else if (codePoint === NOTHING || codePoint === UNDERSCORE || isSpace(codePoint) || isHangul(codePoint))
      break
    else marks += 1
  }
  return places
}

const isInside = (codePoint: number): boolean =>
  isLatin(codePoint) || isHangul(codePoint) || isDigit(codePoint) || codePoint === UNDERSCORE

const isShifted = (key: number, i: number, keys: readonly number[]): boolean =>
  isUpper(key) && i > 0 && !isUpper(keys[i - 1] ?? 0)

// abcT: an emote is a capital after the letters of its channel.
const isEmote = (keys: readonly number[]): boolean => /^[a-z]{3,}[A-Z]+$/.test(String.fromCharCode(...keys))

// Keys by themselves may be any abbreviation, unless there is a capital inside.
const isTyped = (text: MappedText, keys: readonly number[], end: number): boolean => {
  if (keys.length < MIN_KEYS || keys.every(isUpper)) return false
  if (isSyllable(codePointAt(text, end))) return keys.length <= MAX_KEYS_ATTACHED
  if (keys.length > MAX_KEYS_ALONE || isInside(codePointAt(text, end))) return false
  return keys.some(isShifted) && !isEmote(keys)
}

const isCutie = (text: MappedText, keys: readonly number[], from: number, end: number): boolean =>
  end - from === keys.length &&
  String.fromCharCode(...keys).toLowerCase() === CUTIE &&
  !AFTER_CODA.test(
    text.codePoints
      .slice(end, end + MAX_ENDING)
      .map((codePoint) => String.fromCodePoint(codePoint))
      .join(''),
  )

/** The initials that `keys` type, if it is initials that they were pressed for. */
const initialsOf = (keys: readonly number[]): readonly number[] | undefined => {
  const initials = jamoOf(keys)
  if (initials === undefined || !initials.every((jamo) => isConsonant(jamo) && !isLaughter(jamo)))
    return undefined
  const word = String.fromCharCode(...keys).toLowerCase()
  if (word === word.charAt(0).repeat(word.length)) return undefined
  const isPair = keys.length === MIN_KEYS && keys.some(isShifted)
  return isPair || !isEnglish(word) ? initials : undefined
}

/**
 * Initials that were typed on the wrong layout before a Korean ending (rtR야 -> ㄱㅅㄲ야), unless the keys spell
 * an everyday abbreviation.
 */
export const decodeInitialKeys = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = 0; i < text.codePoints.length; i += 1) {
    if (!mayBeInitial(codePointAt(text, i)) || isInside(codePointAt(text, i - 1))) continue
    if (isLatin(codePointAt(text, i + 1)) && !mayBeInitial(codePointAt(text, i + 1))) continue
    const places = keysFrom(text, i)
    const keys = places.map((place) => codePointAt(text, place))
    const end = (places.at(-1) ?? i) + 1
    const initials = isTyped(text, keys, end) ? initialsOf(keys) : undefined
    if (initials === undefined || isCutie(text, keys, i, end)) continue
    const draft = cut(edit, i, end)
    for (const [k, initial] of initials.entries()) {
      const place = places[k] ?? i
      replace(draft, text, initial, place, place + 1)
    }
    i = end - 1
  }
  return edited(edit)
}
