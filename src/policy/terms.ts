import type { Span, ViewName } from '../domain/verdict.js'
import type { MappedText } from '../text/mapped-text.js'
import { blankOut, createTermMatcher } from '../text/term-matcher.js'
import type { View } from '../text/views.js'
import type { Term } from './channel-settings.js'

/** Whose message it is, and when it was sent: terms may hold for one user and may expire. */
export interface TermScope {
  readonly userId: string
  readonly atMs: number
}

export interface TermVerdict {
  /** The views with allowed terms blanked out, each over its own span only. */
  readonly views: readonly View[]
  /** Deny terms found in what remains. */
  readonly denied: readonly { readonly term: Term; readonly span: Span }[]
}

export interface TermRules {
  apply(views: readonly View[], scope: TermScope): TermVerdict
}

const holds = (term: Term, { userId, atMs }: TermScope): boolean =>
  (term.expires === undefined || atMs < Date.parse(term.expires)) &&
  (term.kind !== 'allow-user' || term.userId === userId)

const spanOf = (text: MappedText, start: number, end: number, view: ViewName): Span => ({
  start: Math.min(...text.starts.slice(start, end)),
  end: Math.max(...text.ends.slice(start, end)),
  category: 'abusive',
  view,
})

/** Compiles a channel's terms; matching is linear in the text, whatever the terms are (Aho-Corasick). */
export const compileTerms = (terms: readonly Term[]): TermRules => {
  const matcher = createTermMatcher(terms.map((term, index) => ({ id: String(index), text: term.text })))
  const find = (text: MappedText, scope: TermScope, isWanted: (term: Term) => boolean) =>
    matcher.find(text).flatMap(({ id, start, end }) => {
      const term = terms[Number(id)]
      return term !== undefined && isWanted(term) && holds(term, scope) ? [{ term, start, end }] : []
    })
  return {
    apply: (views, scope) => {
      const remaining = views.map(({ name, text }) => {
        const allowed = find(text, scope, (term) => term.kind !== 'deny')
        return { name, text: allowed.length === 0 ? text : blankOut(text, allowed) }
      })
      const denied = remaining.flatMap(({ name, text }) =>
        find(text, scope, (term) => term.kind === 'deny').map(({ term, start, end }) => ({
          term,
          span: spanOf(text, start, end, name),
        })),
      )
      return { views: remaining, denied }
    },
  }
}
