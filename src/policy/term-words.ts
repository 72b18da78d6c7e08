import type { ViewName } from '../domain/verdict.js'
import { createTermMatcher, type TermMatcher } from '../text/term-matcher.js'
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

export interface TermWords {
  /** Its patterns are the places of `words`. */
  readonly matcher: TermMatcher
  readonly words: readonly TermWord[]
}

interface WordDraft {
  readonly codePoints: readonly number[]
  readonly everywhere: Term[]
  readonly folded: { readonly view: ViewName; readonly term: Term }[]
}

/** Terms by what they read as: two that read the same are one word. */
export const wordsOf = (terms: readonly Term[]): TermWords => {
  const drafts = new Map<string, WordDraft>()
  for (const term of terms)
    for (const { codePoints, view } of readTerm(term.text)) {
      if (view !== null && term.kind !== 'deny') continue
      const key = codePoints.join()
      const draft = drafts.get(key) ?? { codePoints, everywhere: [], folded: [] }
      drafts.set(key, draft)
      if (view === null) draft.everywhere.push(term)
      else draft.folded.push({ view, term })
    }
  const words = [...drafts.values()]
  return { words, matcher: createTermMatcher(words.map(({ codePoints }) => codePoints)) }
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
