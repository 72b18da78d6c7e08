import { rawRange } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import { type AllowedRanges, isCovered } from './allowed-ranges.js'
import type { Term } from './channel-settings.js'
import type { SameBefore } from './term-comparison.js'
import type { TermHit } from './term-hits.js'
import { cutsWord } from './term-places.js'
import type { Rulings } from './term-rulings.js'
import type { TermWord, WordEnding, WordMatch } from './term-words.js'

/** A denied word all over a post is evidence enough long before its last occurrence, and so are many words. */
const MAX_RANGES = 50
const MAX_WORDS = 50

/** What a view has told so far. */
interface Told {
  readonly hits: TermHit[]
  /** Of the original. */
  readonly ranges: Set<string>
  readonly words: Set<TermWord>
}

const isFull = ({ ranges, words }: Told): boolean => ranges.size >= MAX_RANGES && words.size >= MAX_WORDS

/** The denied words that end at one place, longest first. */
const createWalk = (view: View, rulings: Rulings, sameBefore: SameBefore) => {
  const deniedHere = rulings.deniedIn(view.name)
  const folded = (match: WordMatch, end: number): Term | undefined =>
    match.length > sameBefore(end) ? rulings.foldedTermOf(match.value, view.name) : undefined
  const next = (match: WordMatch, term: Term | undefined): WordMatch | null =>
    // What reads as the canonical text does, does so in its shorter words too.
    term === undefined ? rulings.denied(match.shorter) : deniedHere(match.shorter)
  return (
    { end, longest }: WordEnding,
    visit: (word: TermWord, term: Term, start: number) => boolean,
  ): void => {
    let match = deniedHere(longest)
    while (match !== null) {
      const term = rulings.termOf(match.value) ?? folded(match, end)
      if (term !== undefined && !visit(match.value, term, end - match.length)) return
      match = next(match, term)
    }
  }
}

const byEnd = (a: TermHit, b: TermHit): number => a.end - b.end || a.start - b.start

/** Of the words that a view denies outside of allowed ranges the first, in the order in which they end. */
export const findDenied = (
  view: View,
  endings: readonly (readonly WordEnding[])[],
  rulings: Rulings,
  sameBefore: SameBefore,
  allowed: AllowedRanges,
): readonly TermHit[] => {
  const { text } = view
  const walk = createWalk(view, rulings, sameBefore)
  const findIn = (list: readonly WordEnding[]): readonly TermHit[] => {
    const told: Told = { hits: [], ranges: new Set(), words: new Set() }
    for (const ending of list) {
      if (isFull(told)) break
      const { end } = ending
      if (cutsWord(text, end)) continue
      walk(ending, (word, term, start) => {
        const isRangeWanted = told.ranges.size < MAX_RANGES
        // Shorter words were looked at where this one was told.
        if (!isRangeWanted && told.words.has(word)) return false
        if (isCovered(allowed, { start, end })) return false
        if (cutsWord(text, start)) return true
        told.hits.push({ term, start, end })
        told.words.add(word)
        if (isRangeWanted) {
          const range = rawRange(text, start, end)
          told.ranges.add(`${range.start}:${range.end}`)
        }
        return !isFull(told)
      })
    }
    return told.hits
  }
  const lists = endings.map(findIn)
  return lists.length === 1 ? (lists[0] ?? []) : lists.flat().toSorted(byEnd)
}
