import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { isJamo } from '../../text/hangul.js'
import { isSpecial } from '../../text/special-tokens.js'
import { isLetter, isNumber } from './characters.js'
import { type FilterText, overCount, type RecentMessage } from './filter.js'
import { within } from './flood.js'

export interface RepetitionSettings {
  /** One character in a row: ㅋㅋㅋ is how people laugh, so this is generous. */
  readonly characters: number
  /** One word or phrase in a row. */
  readonly phrases: number
  /** The same message of one user... */
  readonly messages: number
  /** ...within this many seconds of event time. */
  readonly seconds: number
}

export const DEFAULT_REPETITION: RepetitionSettings = {
  characters: 80,
  phrases: 8,
  messages: 4,
  seconds: 30,
}

/** What may be repeated, as the evidence tells it. */
export const REPEATED = ['characters', 'phrases', 'messages'] as const

const MAX_PHRASE = 40
/** Shorter messages are said again and again by everybody: ㅇㅇ, ㄷㄷ, 와. */
const MIN_COMPARED = 5
const LAUGHTER = /\b(?:[ah]{4,}|[eh]{4,}|[hi]{4,}|[aj]{4,}|[lo]{4,})\b/g

/** What is said, without how it is said: letters and digits in lower case, no jamo, no laughter, runs as one. */
export type Spoken = readonly number[]

export const spokenOf = (text: FilterText): Spoken => {
  let characters = ''
  for (const codePoint of text) characters += isSpecial(codePoint) ? ' ' : String.fromCodePoint(codePoint)
  const spoken: number[] = []
  for (const character of characters.toLowerCase().replace(LAUGHTER, ' ')) {
    const codePoint = character.codePointAt(0) ?? 0
    if (isJamo(codePoint) || !(isLetter(codePoint) || isNumber(codePoint))) continue
    if (codePoint !== spoken.at(-1)) spoken.push(codePoint)
  }
  return spoken
}

const longestRun = (text: FilterText): number => {
  let longest = 0
  let run = 0
  let before = -1
  for (const codePoint of text) {
    run = codePoint === before ? run + 1 : 1
    before = codePoint
    // Emotes have a filter of their own, and spaces show nothing.
    if (run > longest && codePoint > 0x20 && !isSpecial(codePoint)) longest = run
  }
  return longest
}

/** How often in a row a phrase of `length` letters is said at most. */
const timesOf = (letters: Spoken, length: number): number => {
  let longest = 0
  let same = 0
  for (let i = length; i < letters.length; i += 1) {
    same = letters[i] === letters[i - length] ? same + 1 : 0
    if (same > longest) longest = same
  }
  return longest === 0 ? 1 : Math.floor(longest / length) + 1
}

const mostTimes = (letters: Spoken): number => {
  let most = 1
  for (let length = 2; length <= MAX_PHRASE && length * most < letters.length; length += 1)
    most = Math.max(most, timesOf(letters, length))
  return most
}

/** FNV-1a; null for what is too short to mean anything when it is said again. */
export const fingerprintOf = (spoken: Spoken): number | null => {
  if (spoken.length < MIN_COMPARED) return null
  let hash = 0x811c9dc5
  for (const codePoint of spoken) hash = Math.imul(hash ^ codePoint, 0x01000193)
  return hash >>> 0
}

const over = (value: number, limit: number, repeated: (typeof REPEATED)[number]) =>
  overCount('repetition', value, limit, repeated)

const worst = (found: readonly (FilterEvidence | null)[]): FilterEvidence | null =>
  found.reduce((a, b) => (b === null || (a !== null && a.score >= b.score) ? a : b), null)

/** The same character, phrase or message over and over; the worst of the three. */
export const findRepetition = (
  text: FilterText,
  spoken: Spoken,
  message: RecentMessage,
  recent: readonly RecentMessage[],
  { characters, phrases, messages, seconds }: RepetitionSettings,
): FilterEvidence | null => {
  const { fingerprint } = message
  const same =
    fingerprint === null
      ? 0
      : within(recent, message, seconds).filter((other) => other.fingerprint === fingerprint).length + 1
  return worst([
    over(longestRun(text), characters, 'characters'),
    over(mostTimes(spoken), phrases, 'phrases'),
    over(same, messages, 'messages'),
  ])
}
