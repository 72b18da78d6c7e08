import { isUpper } from './letters.js'

// The 2-beolsik layout (KS X 5002), by Latin key; the shifted keys that differ come last.
const LAYOUT =
  'qㅂwㅈeㄷrㄱtㅅyㅛuㅕiㅑoㅐpㅔaㅁsㄴdㅇfㄹgㅎhㅗjㅓkㅏlㅣzㅋxㅌcㅊvㅍbㅠnㅜmㅡQㅃWㅉEㄸRㄲTㅆOㅒPㅖ'
const PAIRS = Array.from(
  { length: LAYOUT.length / 2 },
  (_, i) => [LAYOUT.charAt(2 * i), LAYOUT.charAt(2 * i + 1)] as const,
)

const JAMO = new Uint16Array(0x80)
for (const [key, jamo] of PAIRS) JAMO[key.charCodeAt(0)] = jamo.charCodeAt(0)

/** The compatibility jamo that a Latin key (code point) types; 0 for none. */
export const jamoOn = (key: number): number => (key >= 0 && key < JAMO.length ? (JAMO[key] ?? 0) : 0)

const CASE = 0x20

/** The jamo (compatibility) that the keys type, or none when a key types no jamo. */
export const jamoOf = (keys: readonly number[]): readonly number[] | undefined => {
  const isShouted = keys.every(isUpper)
  const jamo: number[] = []
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] ?? 0
    const lower = isUpper(key) ? key + CASE : key
    // A phone makes the first letter a capital, caps lock makes all of them.
    const typed = jamoOn(isShouted || (i === 0 && jamoOn(key) === 0) ? lower : key)
    if (typed === 0) return undefined
    jamo.push(typed)
  }
  return jamo
}

const keyOf = (jamo: string): string => PAIRS.find((pair) => pair[1] === jamo)?.[0] ?? ''
const keysOf = (jamo: string): string => {
  const parts = COMPOUNDS.get(jamo) ?? jamo
  return Array.from(parts, keyOf).join('')
}
const COMPOUNDS: ReadonlyMap<string, string> = new Map(
  'ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ'
    .split(' ')
    .map((entry) => [entry.slice(0, 1), entry.slice(1)]),
)
const all = (letters: string): readonly string[] => Array.from(letters, keysOf)

/** Keys by the indices of hangul.ts. */
export const LEAD_KEYS = all('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ')
export const VOWEL_KEYS = all('ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ')
export const CODA_KEYS = ['', ...all('ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ')]
/** Compatibility jamo -> the keys that type it. */
export const JAMO_KEYS: ReadonlyMap<number, string> = new Map(
  all(
    'ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ',
  ).map((keys, i) => [0x3131 + i, keys]),
)
