import { cut, edited, editOf } from '../edit.js'
import {
  CODAS,
  codaOf,
  isSyllable,
  LEADS,
  leadOf,
  SILENT_LEAD,
  syllableOf,
  VOWELS,
  vowelOf,
} from '../hangul.js'
import { codePointAt, type MappedText, replace } from '../mapped-text.js'
import { setOf } from './letters.js'
import { rankOf } from './ordinary-syllables.js'

const MAX_RANK = 700
const MAX_FAR_RANK = 300
const MAX_COST = 2

/** Per letter (index in `letters`), the indices of those that sound alike. */
const tableOf = (letters: readonly string[], list: string): readonly (readonly number[])[] => {
  const table: number[][] = letters.map(() => [])
  for (const entry of list.split(' ')) {
    const [letter = '', ...alike] = Array.from(entry)
    table[letters.indexOf(letter)]?.push(...alike.map((other) => letters.indexOf(other)))
  }
  return table
}
// Tensed and aspirated for plain.
const LEADS_ALIKE = tableOf(LEADS, 'ㄲㄱ ㅋㄱ ㄸㄷ ㅌㄷ ㅃㅂ ㅍㅂ ㅆㅅ ㅉㅈ ㅊㅈ ㅅㅆ')
const VOWELS_ALIKE = tableOf(
  VOWELS,
  'ㅟㅣ ㅢㅣ ㅡㅣ ㅑㅏ ㅕㅓ ㅛㅗ ㅠㅜ ㅘㅏ ㅝㅓ ㅒㅐㅔ ㅖㅔㅐ ㅐㅔ ㅔㅐ ㅚㅐㅔ ㅙㅐㅔ ㅞㅐㅔ ㅜㅣ ㅓㅕ',
)
const CODAS_ALIKE = tableOf(
  CODAS,
  'ㄲㄱ ㄳㄱ ㅋㄱ ㄵㄴ ㄶㄴ ㄺㄹㄱ ㄻㅁㄹ ㄼㄹㅂ ㄽㄹ ㄾㄹ ㄿㅂㄹ ㅀㄹ ㅄㅂ ㅍㅂ ㄷㅅ ㅆㅅ ㅈㅅ ㅊㅅ ㅌㅅ ㅎㅅ',
)
// Past tense (했어) and nasals (검열) are spelled so; a silent ㅇ does not move.
const MOVING = new Set(Array.from('ㄱㄲㄷㄹㅂㅅㅈㅊㅋㅍ', (coda) => CODAS.indexOf(coda)))
/** A coda (index) as the lead of the next syllable; -1 for those that stay. */
const asLead = (coda: number): number => (MOVING.has(coda) ? LEADS.indexOf(CODAS[coda] ?? '') : -1)

const CLUSTERS = new Set(Array.from('ㄳㄵㄺㄻㄼㄽㄾㄿ', (coda) => CODAS.indexOf(coda)))
const MIN_CLUSTER_RANK = 800

// 했넼ㅋㅋ laughs.
const KIEUK = 0x314b
const LAUGHING = CODAS.indexOf('ㅋ')
const isRare = (text: MappedText, i: number): boolean => {
  const codePoint = codePointAt(text, i)
  if (!isSyllable(codePoint)) return false
  // 밝 and 밟 begin words.
  const isOddEnd = CLUSTERS.has(codaOf(codePoint)) && isSyllable(codePointAt(text, i - 1))
  if (rankOf(codePoint) >= (isOddEnd ? MIN_CLUSTER_RANK : 0)) return isOddEnd
  if (rankOf(codePoint) >= 0) return false
  return codaOf(codePoint) !== LAUGHING || codePointAt(text, i + 1) !== KIEUK
}
const isPlain = (syllable: number): boolean => rankOf(syllable) >= 0 && rankOf(syllable) < MAX_RANK

// A nasal or an ㄹ is heard, so nobody adds one to a syllable that should still be read.
const HEARD = new Set(Array.from('ㄴㄹㅁ', (coda) => CODAS.indexOf(coda)))
// Of two one is heard, or else it would not be written.
const DOUBLE = new Set(Array.from('ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ', (coda) => CODAS.indexOf(coda)))
const codasOf = (t: number): readonly number[] =>
  t === 0 || HEARD.has(t) ? [t] : [t, ...(CODAS_ALIKE[t] ?? []), ...(DOUBLE.has(t) ? [] : [0])]

/** The most frequent syllable among those nearest in sound; the syllable itself when none is frequent. */
const search = (syllable: number): number => {
  const l = leadOf(syllable)
  const v = vowelOf(syllable)
  const t = codaOf(syllable)
  let best = syllable
  let bestCost = MAX_COST + 1
  for (const lead of [l, ...(LEADS_ALIKE[l] ?? [])])
    for (const vowel of [v, ...(VOWELS_ALIKE[v] ?? [])])
      for (const coda of codasOf(t)) {
        const cost = Number(lead !== l) + Number(vowel !== v) + Number(coda !== t)
        const candidate = syllableOf(lead, vowel, coda)
        if (!isPlain(candidate) || cost > bestCost || (cost > 1 && rankOf(candidate) > MAX_FAR_RANK)) continue
        if (cost < bestCost || rankOf(candidate) < rankOf(best)) best = candidate
        bestCost = cost
      }
  return best
}

/** Syllables by their plain ones; many write 쫒다 for 쫓다. */
const cache = new Map<number, number>([[0xcad2, 0xcad3]])
const plainOf = (syllable: number): number => {
  const known = cache.get(syllable)
  if (known !== undefined) return known
  const plain = search(syllable)
  cache.set(syllable, plain)
  return plain
}

/** What words and endings behind a coda begin with; any other vowel there is odd. */
const ENDINGS = setOf(
  '아어이은을으에았었임음인입있없안않요의와여야였엔엄올오왔우유원위운일앞업연용역영왕열였옴울',
)

/** The two syllables with the coda of the first moved to the second (샊이 -> 새끼), when that makes both plain. */
const liaisonAt = (text: MappedText, i: number): readonly [number, number] | undefined => {
  const first = codePointAt(text, i)
  const second = codePointAt(text, i + 1)
  if (!isSyllable(first) || !isSyllable(second) || leadOf(second) !== SILENT_LEAD) return undefined
  const isWordStart = !isSyllable(codePointAt(text, i - 1))
  if (!isRare(text, i) && !isRare(text, i + 1) && (!isWordStart || ENDINGS.has(second))) return undefined
  const lead = asLead(codaOf(first))
  if (lead < 0) return undefined
  const moved = [
    syllableOf(leadOf(first), vowelOf(first), 0),
    syllableOf(lead, vowelOf(second), codaOf(second)),
  ] as const
  return moved.every(isPlain) ? moved : undefined
}

/**
 * Syllables that are hardly ever written become the frequent ones that sound like them (싯발 -> 시발, 병싄 ->
 * 병신). Evidence only: what it makes of a rare word may be another word.
 */
export const spellPlainly = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const moved = liaisonAt(text, i)
    if (moved !== undefined) {
      const draft = cut(edit, i, i + 2)
      replace(draft, text, moved[0], i, i + 1)
      replace(draft, text, moved[1], i + 1, i + 2)
      i += 1
    } else if (isRare(text, i)) {
      const plain = plainOf(codePointAt(text, i))
      if (plain !== codePointAt(text, i)) replace(cut(edit, i, i + 1), text, plain, i, i + 1)
    }
  }
  return edited(edit)
}
