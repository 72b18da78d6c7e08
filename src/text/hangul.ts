/**
 * Hangul by arithmetic (The Unicode Standard, section 3.12) and the compatibility jamo that people type.
 * `l`, `v` and `t` are indices: 0..18, 0..20 and 0..27, with 0 for "no coda".
 */
const S_BASE = 0xac00
const V_COUNT = 21
const T_COUNT = 28
/** Compatibility jamo: the first, the first vowel, the last. */
const FIRST_JAMO = 0x3131
const COMPAT_VOWEL = 0x314f
const LAST_JAMO = 0x3163
const JAMO_COUNT = LAST_JAMO + 1 - FIRST_JAMO

/** Compatibility jamo by index. */
export const LEADS: readonly string[] = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ')
export const VOWELS: readonly string[] = Array.from('ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ')
export const CODAS: readonly string[] = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ']

/** ㅇ: a syllable that begins with its vowel. */
export const SILENT_LEAD = 11
const SILENT_BASE = S_BASE + SILENT_LEAD * V_COUNT * T_COUNT

export const isSyllable = (codePoint: number): boolean => codePoint >= S_BASE && codePoint <= 0xd7a3
export const isConsonant = (codePoint: number): boolean => codePoint >= FIRST_JAMO && codePoint < COMPAT_VOWEL
export const isVowel = (codePoint: number): boolean => codePoint >= COMPAT_VOWEL && codePoint <= LAST_JAMO
export const isJamo = (codePoint: number): boolean => codePoint >= FIRST_JAMO && codePoint <= LAST_JAMO
export const isHangul = (codePoint: number): boolean => isSyllable(codePoint) || isJamo(codePoint)

/** A syllable without a coda. */
export const isOpen = (codePoint: number): boolean =>
  isSyllable(codePoint) && (codePoint - S_BASE) % T_COUNT === 0

/** A syllable that begins with its vowel: such syllables are one block. */
export const isSilent = (codePoint: number): boolean =>
  codePoint >= SILENT_BASE && codePoint < SILENT_BASE + V_COUNT * T_COUNT

export const leadOf = (syllable: number): number => Math.floor((syllable - S_BASE) / (V_COUNT * T_COUNT))
export const vowelOf = (syllable: number): number => Math.floor((syllable - S_BASE) / T_COUNT) % V_COUNT
export const codaOf = (syllable: number): number => (syllable - S_BASE) % T_COUNT

export const syllableOf = (l: number, v: number, t: number): number =>
  S_BASE + (l * V_COUNT + v) * T_COUNT + t

const indexByCodePoint = (letters: readonly string[]): Int8Array => {
  const table = new Int8Array(JAMO_COUNT).fill(-1)
  letters.forEach((letter, index) => {
    if (letter !== '') table[letter.charCodeAt(0) - FIRST_JAMO] = index
  })
  return table
}
const LEAD_INDEX = indexByCodePoint(LEADS)
const CODA_INDEX = indexByCodePoint(CODAS)

/** Index of a compatibility jamo as onset, or -1. */
export const leadIndex = (jamo: number): number => (isJamo(jamo) ? (LEAD_INDEX[jamo - FIRST_JAMO] ?? -1) : -1)
/** Index of a compatibility jamo as vowel, or -1. */
export const vowelIndex = (jamo: number): number => (isVowel(jamo) ? jamo - COMPAT_VOWEL : -1)
/** Index of a compatibility jamo as coda, or -1. */
export const codaIndex = (jamo: number): number => (isJamo(jamo) ? (CODA_INDEX[jamo - FIRST_JAMO] ?? -1) : -1)

/** The compatibility jamo of a modern conjoining one (U+1100.., U+1161.., U+11A8..); others as they are. */
export const toCompatibility = (codePoint: number): number => {
  if (codePoint >= 0x1100 && codePoint <= 0x1112) return LEADS[codePoint - 0x1100]?.charCodeAt(0) ?? codePoint
  if (codePoint >= 0x1161 && codePoint <= 0x1175) return COMPAT_VOWEL + codePoint - 0x1161
  if (codePoint >= 0x11a8 && codePoint <= 0x11c2) return CODAS[codePoint - 0x11a7]?.charCodeAt(0) ?? codePoint
  return codePoint
}

/** For each pair of compatibility jamo (by place in the block) the one they join to; 0 for most. */
const pairs = (list: string): Uint16Array => {
  const table = new Uint16Array(JAMO_COUNT * JAMO_COUNT)
  for (const entry of list.split(' '))
    table[pairIndex(entry.charCodeAt(0), entry.charCodeAt(1))] = entry.charCodeAt(2)
  return table
}
const pairIndex = (a: number, b: number): number => (a - FIRST_JAMO) * JAMO_COUNT + b - FIRST_JAMO

const VOWEL_PAIRS = pairs('ㅗㅏㅘ ㅗㅐㅙ ㅗㅣㅚ ㅜㅓㅝ ㅜㅔㅞ ㅜㅣㅟ ㅡㅣㅢ')
const CODA_PAIRS = pairs('ㄱㅅㄳ ㄴㅈㄵ ㄴㅎㄶ ㄹㄱㄺ ㄹㅁㄻ ㄹㅂㄼ ㄹㅅㄽ ㄹㅌㄾ ㄹㅍㄿ ㄹㅎㅀ ㅂㅅㅄ')

const pairIn = (table: Uint16Array, a: number, b: number): number =>
  isJamo(a) && isJamo(b) ? table[pairIndex(a, b)] || -1 : -1

/** The compound vowel (compatibility jamo) of two, or -1. */
export const joinVowels = (a: number, b: number): number => pairIn(VOWEL_PAIRS, a, b)
/** The compound coda (compatibility jamo) of two, or -1. */
export const joinCodas = (a: number, b: number): number => pairIn(CODA_PAIRS, a, b)

// What a vowel sounds like when it is held: 와아아, 뭐어어, 야아아. Indices as in `vowelOf`.
const HELD = Array.from(
  'ㅏㅐㅏㅐㅓㅔㅓㅔㅗㅏㅐㅣㅗㅜㅓㅔㅣㅜㅡㅣㅣ',
  (vowel) => vowel.charCodeAt(0) - COMPAT_VOWEL,
)

/** The vowel (index) that a stretched vowel (index) goes on with. */
export const heldVowel = (v: number): number => HELD[v] ?? v
