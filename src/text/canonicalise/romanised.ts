import { isSyllable, syllableOf } from '../hangul.js'
import { codePointAt, copy, createDraft, type MappedText, replace } from '../mapped-text.js'
import { isCommonSyllable } from './common-syllables.js'
import { isLatin } from './segments.js'

const entries = (list: string): readonly (readonly [string, number])[] =>
  list
    .split(' ')
    .map((entry) => entry.split('='))
    .map(([letters = '', index = '']) => [letters, Number(index)] as const)
    .sort(([a], [b]) => b.length - a.length)

// As people write it rather than as the Revised Romanisation of 2000 has it; indices as in hangul.ts.
const LEADS = entries(
  'g=0 kk=1 gg=1 n=2 d=3 tt=4 dd=4 r=5 l=5 m=6 b=7 v=7 pp=8 bb=8 s=9 sh=9 ss=10 j=12 z=12 jj=13 ch=14 k=15 t=16 p=17 h=18',
)
const VOWELS = entries(
  'a=0 ae=1 ya=2 yae=3 eo=4 e=5 yeo=6 ye=7 o=8 wa=9 wae=10 oe=11 yo=12 u=13 oo=13 wo=14 we=15 wi=16 yu=17 eu=18 ui=19 i=20 ee=20',
)
const CODAS = entries('k=1 g=1 n=4 t=19 d=19 l=8 r=8 m=16 b=17 p=17 s=19 ng=21')
const NO_LEAD = 11
const YU = 17
const YEO = 6
const MAX_LETTERS = 24

interface Read {
  readonly codePoint: number
  readonly length: number
}
type Found = readonly [letters: string, index: number]

const find = (table: readonly Found[], word: string, at: number): Found | undefined =>
  table.find(([letters]) => word.startsWith(letters, at))

const startsSyllable = (word: string, at: number): boolean =>
  find(VOWELS, word, at) !== undefined ||
  find(VOWELS, word, at + (find(LEADS, word, at)?.[0].length ?? 0)) !== undefined

/** The coda at `at` after which the word ends or goes on with a consonant. */
const codaAt = (word: string, at: number): Found | undefined => {
  if (at >= word.length || startsSyllable(word, at)) return undefined
  return CODAS.find(
    ([letters]) =>
      word.startsWith(letters, at) &&
      (at + letters.length === word.length ||
        (startsSyllable(word, at + letters.length) && find(VOWELS, word, at + letters.length) === undefined)),
  )
}

/** The syllables that romanised Korean spells; none when a letter is left over or one is out of the ordinary. */
const readWord = (word: string): readonly Read[] | undefined => {
  const syllables: Read[] = []
  for (let i = 0; i < word.length; ) {
    const lead = find(LEADS, word, i)
    const vowel = find(VOWELS, word, i + (lead?.[0].length ?? 0))
    if (vowel === undefined) return undefined
    const next = i + (lead?.[0].length ?? 0) + vowel[0].length
    const coda = codaAt(word, next)
    // Names have it so: byung, hyun.
    const v = vowel[1] === YU && coda !== undefined ? YEO : vowel[1]
    const codePoint = syllableOf(lead?.[1] ?? NO_LEAD, v, coda?.[1] ?? 0)
    if (!isCommonSyllable(codePoint)) return undefined
    const end = next + (coda?.[0].length ?? 0)
    syllables.push({ codePoint, length: end - i })
    i = end
  }
  return syllables
}

const hasMixedWord = (text: MappedText): boolean => {
  for (let i = 1; i < text.codePoints.length; i += 1) {
    const before = codePointAt(text, i - 1)
    const codePoint = codePointAt(text, i)
    if (isLatin(before) ? isSyllable(codePoint) : isSyllable(before) && isLatin(codePoint)) return true
  }
  return false
}

const touchesHangul = (text: MappedText, from: number, to: number): boolean =>
  isSyllable(codePointAt(text, from - 1)) || isSyllable(codePointAt(text, to))

/** Reads Latin letters inside a Korean word as the syllables they spell (시bal, byung신). */
export const readRomanised = (text: MappedText): MappedText => {
  if (!hasMixedWord(text)) return text
  const n = text.codePoints.length
  const draft = createDraft()
  let isChanged = false
  for (let from = 0; from < n; ) {
    let to = from
    while (isLatin(codePointAt(text, to))) to += 1
    const isPart = to - from > 1 && to - from <= MAX_LETTERS && touchesHangul(text, from, to)
    const word = isPart ? String.fromCharCode(...text.codePoints.slice(from, to)).toLowerCase() : ''
    const syllables = isPart ? readWord(word) : undefined
    let at = from
    for (const { codePoint, length } of syllables ?? []) {
      replace(draft, text, codePoint, at, at + length)
      at += length
    }
    isChanged ||= syllables !== undefined
    const end = Math.max(to, from + 1)
    copy(draft, text, at, end)
    from = end
  }
  return isChanged ? draft : text
}
