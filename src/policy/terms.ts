import type { Span } from '../domain/verdict.js'
import { blankOut } from '../text/blank-out.js'
import { rawRange } from '../text/mapped-text.js'
import type { View } from '../text/views.js'
import { type AllowedRanges, createAllowedRanges, inRaw, inView } from './allowed-ranges.js'
import type { Term } from './channel-settings.js'
import { allowWords } from './term-allowances.js'
import { createComparison } from './term-comparison.js'
import { findDenied } from './term-denials.js'
import type { TermHit } from './term-hits.js'
import { createRulings } from './term-rulings.js'
import { compileWords, type TermScope, type TermWords } from './term-words.js'

/** A term where it was found. */
export interface FoundTerm {
  readonly term: Term
  readonly span: Span
}

export interface TermVerdict {
  /** The views with allowed terms blanked out, each over its own span only. */
  readonly views: readonly View[]
  /**
   * Deny terms that are not inside an allowed one: of a view all up to the 50th range, after which a term is told
   * where it is first found, up to 50 terms.
   */
  readonly denied: readonly FoundTerm[]
  /** Allowed terms that were blanked out, where a view spells them. */
  readonly allowed: readonly FoundTerm[]
}

interface RuledView {
  readonly view: View
  /** Where the view spells an allowed term. */
  readonly spelled: readonly TermHit[]
  readonly denied: readonly TermHit[]
  readonly allowed: AllowedRanges
}

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0

export interface TermRules {
  /** The canonical view comes first. */
  apply(views: readonly View[], scope: TermScope): TermVerdict
  /** As if `terms` had been given after those here, which are not compiled again. */
  extend(terms: readonly Term[]): TermRules
}

const foundIn = ({ name, text }: View, { term, start, end }: TermHit): FoundTerm => ({
  term,
  span: { ...rawRange(text, start, end), category: 'abusive', view: name },
})

const rulesOf = (words: TermWords): TermRules => {
  const rules: TermRules = {
    extend: (terms) => (terms.length === 0 ? rules : rulesOf(words.extend(terms))),
    apply: (views, scope) => {
      const [canonical, ...others] = views
      const found = views.map(({ text }) => words.find(text))
      if (canonical === undefined || found.every((lists) => lists.every(isEmpty)))
        return { views, denied: [], allowed: [] }

      const rulings = createRulings(scope, words.replaced)
      const sameBefore = createComparison(canonical.text)
      const rule = (view: View, index: number, allowed: AllowedRanges): RuledView => {
        const endings = found[index] ?? []
        const spelled = allowWords(view, endings, rulings, allowed)
        const denied = findDenied(view, endings, rulings, sameBefore(view.text), allowed)
        return { view, spelled, denied, allowed }
      }
      const first = rule(canonical, 0, createAllowedRanges(canonical.text.codePoints.length))
      // Plainly written and allowed: then no other view may read something into it.
      const raw = inRaw(canonical.text, first.allowed)
      const ruled = [first, ...others.map((view, index) => rule(view, index + 1, inView(view.text, raw)))]
      return {
        views: ruled.map(({ view, allowed }) =>
          allowed.ranges.length === 0 ? view : { ...view, text: blankOut(view.text, allowed.ranges) },
        ),
        denied: ruled.flatMap(({ view, denied }) => denied.map((hit) => foundIn(view, hit))),
        allowed: ruled.flatMap(({ view, spelled }) => spelled.map((hit) => foundIn(view, hit))),
      }
    },
  }
  return rules
}

/** Compiles terms; the cost of matching hardly depends on what they are, or on how often they match. */
export const compileTerms = (terms: readonly Term[]): TermRules => rulesOf(compileWords(terms))
