import type { ViewName } from '../domain/verdict.js'
import type { MappedText } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import type { AllowedRanges } from './allowed-ranges.js'
import type { Term } from './channel-settings.js'
import type { TermHit } from './term-hits.js'
import { cutsWord, isNounEnd, isWordStart } from './term-places.js'
import type { Rulings } from './term-rulings.js'
import type { WordEnding, WordMatch } from './term-words.js'

/** Views that show the letters as they were typed: there a moderator's term is allowed inside of any word. */
const isLiteral = (view: ViewName): boolean => view === 'canonical' || view === 'raw'

interface Candidate {
  readonly end: number
  readonly match: WordMatch
  readonly term: Term
}

/** For each place, the last one up to it at which a word begins. */
const lastWordStarts = (text: MappedText): Int32Array => {
  const starts = new Int32Array(text.codePoints.length)
  for (let i = 0, last = -1; i < starts.length; i += 1) {
    if (isWordStart(text, i)) last = i
    starts[i] = last
  }
  return starts
}

/** Finds the longest word that may be allowed at an end, of those no longer than `longest`. */
const createCandidates = ({ name, text }: View, { termOf, allowed }: Rulings) => {
  // What hides a word (시1발.점심) must not hide it behind an allowed one.
  const isDisguised = !isLiteral(name)
  let wordStarts: Int32Array | undefined
  return (end: number, longest: WordMatch | null): Candidate | undefined => {
    if (cutsWord(text, end)) return undefined
    let match = allowed(longest)
    if (match === null || (isDisguised && !isNounEnd(text, end))) return undefined
    if (isDisguised) wordStarts ??= lastWordStarts(text)
    const lastStart = wordStarts?.[end - 1] ?? end
    for (; match !== null && end - match.length <= lastStart; match = allowed(match.shorter)) {
      const start = end - match.length
      const term = cutsWord(text, start) ? undefined : termOf(match.value)
      if (term === undefined) continue
      const place = isDisguised ? 'word' : term.place
      if (place === undefined) return { end, match, term }
      if (isWordStart(text, start) && (place === 'word-start' || isNounEnd(text, end)))
        return { end, match, term }
    }
    return undefined
  }
}

/** The next one to try where one that was longer or came before overlaps: what it has at the end blocks all. */
const shorterThan = ({ end, match }: Candidate, ranges: AllowedRanges): WordMatch | null => {
  if (ranges.ownerOf({ start: end - 1, end }) !== 0) return null
  const start = end - match.length
  const free = ranges.ranges[ranges.ownerOf({ start, end: start + 1 }) - 1]?.end ?? start + 1
  let shorter = match.shorter
  while (shorter !== null && end - shorter.length < free) shorter = shorter.shorter
  return shorter
}

/** Adds to `ranges` the allowed words of a view, the longest first and of equals the first in the text. */
export const allowWords = (
  view: View,
  endings: readonly (readonly WordEnding[])[],
  rulings: Rulings,
  ranges: AllowedRanges,
): readonly TermHit[] => {
  const candidateAt = createCandidates(view, rulings)
  const byLength: Candidate[][] = []
  const put = (candidate: Candidate | undefined): void => {
    if (candidate === undefined) return
    byLength[candidate.match.length] ??= []
    byLength[candidate.match.length]?.push(candidate)
  }
  for (const { end, longest } of endings.flat()) put(candidateAt(end, longest))
  const hits: TermHit[] = []
  for (let length = byLength.length - 1; length > 0; length -= 1)
    for (const candidate of byLength[length]?.toSorted((a, b) => a.end - b.end) ?? []) {
      const { end, term } = candidate
      const hit = { term, start: end - length, end }
      if (ranges.add(hit)) hits.push(hit)
      else put(candidateAt(end, shorterThan(candidate, ranges)))
    }
  return hits
}
