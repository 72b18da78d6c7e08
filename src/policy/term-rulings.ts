import type { ViewName } from '../domain/verdict.js'
import type { Term } from './channel-settings.js'
import { ruling, type TermScope, type TermWord, type WordMatch } from './term-words.js'

/** The first of a word and those inside of it that end with it that counts. */
export type Search = (from: WordMatch | null) => WordMatch | null

/** What words mean in one message. */
export interface Rulings {
  /** Wherever it is found. */
  termOf(word: TermWord): Term | undefined
  /** Where this view writes it otherwise than the canonical one. */
  foldedTermOf(word: TermWord, view: ViewName): Term | undefined
  readonly allowed: Search
  readonly denied: Search
  deniedIn(view: ViewName): Search
}

/** Words inside of words are passed once in a message, not wherever they are found. */
const createSearch = (counts: (word: TermWord) => boolean): Search => {
  const known = new Map<WordMatch, WordMatch | null>()
  const search = (from: WordMatch): WordMatch | null => {
    const passed: WordMatch[] = []
    let match: WordMatch | null = from
    for (; match !== null && !counts(match.value); match = match.shorter) {
      const next = known.get(match)
      if (next !== undefined) {
        match = next
        break
      }
      passed.push(match)
    }
    if (match !== null) known.set(match, match)
    for (const each of passed) known.set(each, match)
    return match
  }
  return (from) => {
    if (from === null) return null
    const found = known.get(from)
    return found === undefined ? search(from) : found
  }
}

export const createRulings = (scope: TermScope, replaced: ReadonlySet<TermWord>): Rulings => {
  const everywhere = new Map<TermWord, Term | null>()
  const termOf = (word: TermWord): Term | undefined => {
    const known = everywhere.get(word)
    if (known !== undefined) return known ?? undefined
    const term = replaced.has(word) ? undefined : ruling(word.everywhere, scope)
    everywhere.set(word, term ?? null)
    return term
  }
  const foldedTermOf = (word: TermWord, view: ViewName): Term | undefined => {
    if (word.folded.length === 0 || replaced.has(word) || termOf(word) !== undefined) return undefined
    return ruling(
      word.folded.flatMap((folded) => (folded.view === view ? [folded.term] : [])),
      scope,
    )
  }
  const kindOf = (word: TermWord) => termOf(word)?.kind
  return {
    termOf,
    foldedTermOf,
    allowed: createSearch((word) => (kindOf(word) ?? 'deny') !== 'deny'),
    denied: createSearch((word) => kindOf(word) === 'deny'),
    deniedIn: (view) =>
      createSearch((word) => kindOf(word) === 'deny' || foldedTermOf(word, view) !== undefined),
  }
}
