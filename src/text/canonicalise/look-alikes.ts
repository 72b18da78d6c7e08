import { rememberTest } from '../code-point-memo.js'
import { codePointMap } from '../code-point-table.js'
import { codePointAt, type MappedText, withCodePoints } from '../mapped-text.js'
import { isLatin } from './letters.js'

/** Letters that are drawn like another, plain Latin one: of other scripts, or rare ones (from UTS #39 confusables, both cases). */
const PAIRS =
  'АA аa ВB вb СC сc ԀD ԁd ЕE еe ҒF ԌG ԍg НH нh һh ІI іi ЈJ јj КK кk ӏl МM мm пn ОO оo РP рp ԚQ ԛq ЅS ѕs ТT тt цu ѵv ѴV ԜW ԝw шw ХX хx УY уy зz ҚK қk ҺH үy ҮY ьb гr ҽe ѡw ' +
  'ΑA αa ΒB βb ϲc ϹC ΕE εe ΗH ηn ΙI ιi ϳj ΚK κk ΜM ΝN νv ΟO οo ΡP ρp ΤT τt υu ΥY ΧX χx γy ΖZ ωw σo ' +
  'ıi ƅb ƈc ƙk ƨs ɛe ɩi ʋv ' +
  'ՏS օo ՕO սu ԼL հh ոn ցg զq ᏂH ᎪA ᏴB ᏟC ᎠD ᎬE ᏀG ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᎡR ᏚS ᎢT ᏙV ᏔW ᎩY ᏃZ'

const pairs = PAIRS.split(' ').map((pair): [number, number] => [pair.charCodeAt(0), pair.charCodeAt(1)])
const toUpper = (codePoint: number): number => String.fromCharCode(codePoint).toUpperCase().charCodeAt(0)

// A capital without an entry of its own is read like its small letter, so that case never changes a word.
const LATIN = codePointMap([
  ...pairs
    .map(([foreign, latin]): [number, number] => [toUpper(foreign), toUpper(latin)])
    // The capital of ı is I itself.
    .filter(([foreign]) => !isLatin(foreign)),
  ...pairs,
])

const MIN_WHOLE_WORD = 3
const LETTER = /\p{L}/u
const isRareLetter = rememberTest((codePoint) => LETTER.test(String.fromCodePoint(codePoint)))
const isForeign = (codePoint: number): boolean =>
  codePoint >= 0x131 && codePoint <= 0x13ff && LATIN.has(codePoint)
const isLetter = (codePoint: number): boolean =>
  isLatin(codePoint) || (codePoint >= 0xaa && isRareLetter(codePoint))

/** Which words are folded: those that mix Latin letters with others, or those of look-alikes only. */
export type LookAlikeWords = 'mixed' | 'whole'

const isDisguised = (text: MappedText, from: number, to: number, words: LookAlikeWords): boolean => {
  for (let i = from; i < to; i += 1) {
    const codePoint = codePointAt(text, i)
    if (words === 'mixed' && isLatin(codePoint)) return true
    if (words === 'whole' && !LATIN.has(codePoint)) return false
  }
  return words === 'whole' && to - from >= MIN_WHOLE_WORD
}

/**
 * Folds letters that look Latin into Latin ones. In `mixed` words they are a disguise; a `whole` word of them
 * may as well be Russian or Greek, so that reading belongs into a view of its own.
 */
export const foldLookAlikes = (text: MappedText, words: LookAlikeWords): MappedText => {
  const n = text.codePoints.length
  let first = 0
  while (first < n && !isForeign(codePointAt(text, first))) first += 1
  if (first === n) return text
  const codePoints = text.codePoints.slice()
  let isChanged = false
  for (let from = 0; from < n; ) {
    let to = from
    while (to < n && isLetter(codePointAt(text, to))) to += 1
    if (isDisguised(text, from, to, words))
      for (let i = from; i < to; i += 1) {
        const latin = LATIN.get(codePointAt(text, i))
        if (latin === undefined) continue
        codePoints[i] = latin
        isChanged = true
      }
    from = to + 1
  }
  return isChanged ? withCodePoints(text, codePoints) : text
}
