import type { Span, ViewName } from '../domain/verdict.js'
import { blankOut } from '../text/blank-out.js'
import type { MappedText, Range } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import {
  type AllowedRanges,
  createAllowedRanges,
  inRaw,
  inView,
  isCovered,
  rawRange,
} from './allowed-ranges.js'
import type { Term } from './channel-settings.js'
import { createComparison, cutsWord, isNounEnd, isWordStart } from './term-places.js'
import { compileWords, ruling, type TermScope, type TermWord, type TermWords } from './term-words.js'

/** A term where it was found. */
export interface FoundTerm {
  readonly term: Term
  readonly span: Span
}

export interface TermVerdict {
  /** The views with allowed terms blanked out, each over its own span only. */
  readonly views: readonly View[]
  /** Deny terms that are not inside an allowed one. */
  readonly denied: readonly FoundTerm[]
  /** Allowed terms that were blanked out, where a view spells them. */
  readonly allowed: readonly FoundTerm[]
}

export interface TermRules {
  /** The canonical view comes first. */
  apply(views: readonly View[], scope: TermScope): TermVerdict
  /** As if `terms` had been given after those here, which are not compiled again. */
  extend(terms: readonly Term[]): TermRules
}

interface Hit extends Range {
  readonly term: Term
}

type DiffersFromCanonical = (text: MappedText, range: Range) => boolean

/** Views that show the letters as they were typed: there a moderator's term is allowed inside of any word. */
const isLiteral = (view: ViewName): boolean => view === 'canonical' || view === 'raw'

// What hides a word (시1발.점심) must not hide it behind an allowed one.
const mayAllow = ({ name, text }: View, { term, start, end }: Hit): boolean => {
  const place = isLiteral(name) ? term.place : 'word'
  if (place === undefined) return true
  return isWordStart(text, start) && (place === 'word-start' || isNounEnd(text, end))
}

const foundIn = ({ name, text }: View, { term, start, end }: Hit): FoundTerm => ({
  term,
  span: { ...rawRange(text, { start, end }), category: 'abusive', view: name },
})

const longestFirst = (a: Range, b: Range): number => b.end - b.start - (a.end - a.start) || a.start - b.start

interface RuledView {
  readonly view: View
  readonly hits: readonly Hit[]
  /** Where the view spells an allowed term. */
  readonly spelled: readonly Hit[]
  readonly allowed: AllowedRanges
}

const rule = (view: View, hits: readonly Hit[], allowed: AllowedRanges): RuledView => {
  const spelled = hits
    .filter((hit) => hit.term.kind !== 'deny' && mayAllow(view, hit))
    .toSorted(longestFirst)
    .filter((hit) => allowed.add(hit))
  return { view, hits, spelled, allowed }
}

/** Rules of one word in one message: the same wherever it is found. */
const createRulings = (scope: TermScope, differs: DiffersFromCanonical) => {
  const everywhere = new Map<TermWord, Term | undefined>()
  return ({ name, text }: View, word: TermWord, range: Range): Term | undefined => {
    if (cutsWord(text, range)) return undefined
    if (!everywhere.has(word)) everywhere.set(word, ruling(word.everywhere, scope))
    const term = everywhere.get(word)
    if (term !== undefined || word.folded.length === 0 || !differs(text, range)) return term
    return ruling(
      word.folded.flatMap((folded) => (folded.view === name ? [folded.term] : [])),
      scope,
    )
  }
}

const rulesOf = (words: TermWords): TermRules => {
  const rules: TermRules = {
    extend: (terms) => (terms.length === 0 ? rules : rulesOf(words.extend(terms))),
    apply: (views, scope) => {
      const [canonical, ...others] = views
      const found = views.map(({ text }) => words.find(text))
      if (canonical === undefined || found.every((hits) => hits.length === 0))
        return { views, denied: [], allowed: [] }

      const rulingAt = createRulings(scope, createComparison(canonical.text))
      const hitsOf = (view: View, index: number): readonly Hit[] =>
        (found[index] ?? []).flatMap(({ word, start, end }) => {
          const term = rulingAt(view, word, { start, end })
          return term === undefined ? [] : [{ term, start, end }]
        })
      const first = rule(
        canonical,
        hitsOf(canonical, 0),
        createAllowedRanges(canonical.text.codePoints.length),
      )
      // Plainly written and allowed: then no other view may read something into it.
      const raw = inRaw(canonical.text, first.allowed)
      const rest = others.map((view, index) => rule(view, hitsOf(view, index + 1), inView(view.text, raw)))
      const ruled = [first, ...rest]
      return {
        views: ruled.map(({ view, allowed }) =>
          allowed.ranges.length === 0 ? view : { ...view, text: blankOut(view.text, allowed.ranges) },
        ),
        denied: ruled.flatMap(({ view, hits, allowed }) =>
          hits
            .filter((hit) => hit.term.kind === 'deny' && !isCovered(allowed, hit))
            .map((hit) => foundIn(view, hit)),
        ),
        allowed: ruled.flatMap(({ view, spelled }) => spelled.map((hit) => foundIn(view, hit))),
      }
    },
  }
  return rules
}

/** Compiles terms; matching is linear in the text, whatever they are. */
export const compileTerms = (terms: readonly Term[]): TermRules => rulesOf(compileWords(terms))
