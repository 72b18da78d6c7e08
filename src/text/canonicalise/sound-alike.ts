import { CODAS, codaOf, isSyllable, LEADS, leadOf, VOWELS, vowelOf } from '../hangul.js'

/** By index, one bit for each group that a letter is in. */
const groupsOf = (letters: readonly string[], groups: string): readonly number[] =>
  letters.map((letter) =>
    groups.split(' ').reduce((bits, group, i) => (group.includes(letter) ? bits | (1 << i) : bits), 0),
  )
const LEAD_GROUPS = groupsOf(LEADS, 'ㄱㄲㅋ ㄷㄸㅌ ㅂㅃㅍ ㅅㅆ ㅈㅉㅊ')
const VOWEL_GROUPS = groupsOf(
  VOWELS,
  'ㅐㅔㅒㅖㅚㅙㅞ ㅣㅟㅢㅡ ㅏㅑㅘㅓ ㅓㅕㅝㅏ ㅗㅛㅜㅠ ㅡㅜㅣ ㅕㅔㅖ ㅕㅑ ㅜㅝ',
)
const CODA_GROUPS = groupsOf(CODAS, 'ㄱㄲㅋㄳㄺ ㄴㄵㄶ ㄷㅅㅆㅈㅊㅌㅎ ㄹㄼㄽㄾㅀㄺ ㅁㄻ ㅂㅍㅄㄿㄼ ㄴㅁㅇ')

/** No likeness at all. */
const UNLIKE = 9

const distance = (groups: readonly number[], a: number, b: number): number => {
  if (a === b) return 0
  return ((groups[a] ?? 0) & (groups[b] ?? 0)) === 0 ? UNLIKE : 1
}

// An open syllable (no coda, so no group) may get a coda that is hardly heard, and any coda may be left out.
const codaDistance = (a: number, b: number): number =>
  a === 0 || b === 0 ? Math.sign(a + b) : distance(CODA_GROUPS, a, b)

/** True when two leads (indices) are plain, tensed or aspirated forms of one. */
export const isLeadAlike = (a: number, b: number): boolean => distance(LEAD_GROUPS, a, b) <= 1

/** In how many of lead, vowel and coda two syllables differ a little (0 to 3); 9 or more when in one a lot. */
export const soundDistance = (a: number, b: number): number => {
  if (a === b) return 0
  if (!isSyllable(a) || !isSyllable(b)) return UNLIKE
  return (
    distance(LEAD_GROUPS, leadOf(a), leadOf(b)) +
    distance(VOWEL_GROUPS, vowelOf(a), vowelOf(b)) +
    codaDistance(codaOf(a), codaOf(b))
  )
}
