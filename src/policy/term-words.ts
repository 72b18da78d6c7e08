import type { ViewName } from '../domain/verdict.js'
import type { MappedText, Range } from '../text/mapped-text.js'
import { createTermMatcher } from '../text/term-matcher.js'
import { readTerm } from '../text/term-readings.js'
import type { Term } from './channel-settings.js'

/** Whose message it is, which, and when it was sent: terms may hold for one user or message, and may expire. */
export interface TermScope {
  readonly messageId: string
  readonly userId: string
  readonly atMs: number
}

/** One reading, and the terms that read so, in the order in which they were given. */
export interface TermWord {
  readonly everywhere: readonly Term[]
  /** Deny terms that read so in one view only. */
  readonly folded: readonly { readonly view: ViewName; readonly term: Term }[]
}

export interface WordHit extends Range {
  readonly word: TermWord
}

export interface TermWords {
  /** All occurrences, overlapping ones too, in the order in which they end; of one end, longest first. */
  find(text: MappedText): readonly WordHit[]
  /** As if `terms` had been given after those here, which are not compiled again. */
  extend(terms: readonly Term[]): TermWords
}

interface WordDraft {
  readonly codePoints: readonly number[]
  readonly everywhere: Term[]
  readonly folded: { readonly view: ViewName; readonly term: Term }[]
}

type WordsByKey = ReadonlyMap<string, TermWord>

/** Terms by what they read as: two that read the same are one word, with what was given `before` for it. */
const draftsOf = (terms: readonly Term[], before: WordsByKey): ReadonlyMap<string, WordDraft> => {
  const drafts = new Map<string, WordDraft>()
  for (const term of terms)
    for (const { codePoints, view } of readTerm(term.text)) {
      if (view !== null && term.kind !== 'deny') continue
      const key = codePoints.join()
      const { everywhere = [], folded = [] } = before.get(key) ?? {}
      const draft = drafts.get(key) ?? { codePoints, everywhere: [...everywhere], folded: [...folded] }
      drafts.set(key, draft)
      if (view === null) draft.everywhere.push(term)
      else draft.folded.push({ view, term })
    }
  return drafts
}

const finderOf = (drafts: ReadonlyMap<string, WordDraft>): TermWords['find'] => {
  const words = [...drafts.values()]
  const matcher = createTermMatcher(words.map(({ codePoints }) => codePoints))
  return (text) =>
    matcher.find(text).flatMap(({ pattern, start, end }) => {
      const word = words[pattern]
      return word === undefined ? [] : [{ word, start, end }]
    })
}

const byEnd = (a: Range, b: Range): number => a.end - b.end || a.start - b.start

/** Two passes over a text instead of one, for words that need not be compiled again. */
const extendWords = (find: TermWords['find'], known: WordsByKey, terms: readonly Term[]): TermWords => {
  const added = draftsOf(terms, known)
  const replaced = new Set([...added.keys()].map((key) => known.get(key)))
  const findAdded = finderOf(added)
  return wordsOf(
    (text) => {
      const [kept, more] = [find(text).filter(({ word }) => !replaced.has(word)), findAdded(text)]
      return more.length === 0 ? kept : [...kept, ...more].toSorted(byEnd)
    },
    () => new Map([...known, ...added]),
  )
}

const wordsOf = (find: TermWords['find'], known: () => WordsByKey): TermWords => ({
  find,
  extend: (terms) => extendWords(find, known(), terms),
})

export const compileWords = (terms: readonly Term[]): TermWords => {
  const words = draftsOf(terms, new Map())
  return wordsOf(finderOf(words), () => words)
}

const holds = (term: Term, { messageId, userId, atMs }: TermScope): boolean =>
  (term.expires === undefined || atMs < Date.parse(term.expires)) &&
  (term.kind !== 'allow-user' || term.userId === userId) &&
  (term.kind !== 'allow-once' || term.messageId === messageId)

const isPersonal = ({ kind }: Term): boolean => kind === 'allow-user' || kind === 'allow-once'

/**
 * Which of the terms for one word decides: what is allowed to this user or in this message, else the last given
 * (built-in ones come first, then those of all channels, then the channel's own).
 */
export const ruling = (terms: readonly Term[], scope: TermScope): Term | undefined => {
  const inForce = terms.filter((term) => holds(term, scope))
  return inForce.findLast(isPersonal) ?? inForce.at(-1)
}
