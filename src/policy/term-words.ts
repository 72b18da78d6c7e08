import type { ViewName } from '../domain/verdict.js'
import type { MappedText } from '../text/mapped-text.js'
import { createTermMatcher, type TermEnding, type TermMatch } from '../text/term-matcher.js'
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

export type WordMatch = TermMatch<TermWord>
export type WordEnding = TermEnding<TermWord>

export interface TermWords {
  /** Where words end, in order: one list for each time that terms were compiled. */
  find(text: MappedText): readonly (readonly WordEnding[])[]
  /** Words that are still found, but for which others of the same reading decide. */
  readonly replaced: ReadonlySet<TermWord>
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

const finderOf = (drafts: ReadonlyMap<string, WordDraft>) =>
  createTermMatcher<TermWord>(
    [...drafts.values()].map((draft) => ({ codePoints: draft.codePoints, value: draft })),
  ).find

/** A pass over a text for each finder, so that words need not be compiled again. */
const wordsOf = (
  finders: readonly ((text: MappedText) => readonly WordEnding[])[],
  replaced: ReadonlySet<TermWord>,
  known: () => WordsByKey,
): TermWords => ({
  find: (text) => finders.map((find) => find(text)),
  replaced,
  extend: (terms) => {
    const before = known()
    const added = draftsOf(terms, before)
    const again = [...added.keys()].flatMap((key) => before.get(key) ?? [])
    return wordsOf(
      [...finders, finderOf(added)],
      new Set([...replaced, ...again]),
      () => new Map([...before, ...added]),
    )
  },
})

export const compileWords = (terms: readonly Term[]): TermWords => {
  const words = draftsOf(terms, new Map())
  return wordsOf([finderOf(words)], new Set(), () => words)
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
