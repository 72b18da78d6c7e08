import {
  codePointAt,
  copy,
  createDraft,
  type Draft,
  type MappedText,
  type Range,
  replace,
} from './mapped-text.js'
import { makeViews } from './views.js'

export interface Term {
  readonly id: string
  readonly text: string
}

/** A term found at `start..end` (half-open) of a view's code points. */
export interface TermHit extends Range {
  readonly id: string
}

export interface TermMatcher {
  /** All occurrences, overlapping ones too, in the order in which they end. */
  find(text: MappedText): readonly TermHit[]
}

interface Node {
  readonly next: Map<number, Node>
  /** Where to go on when nothing follows: the longest proper suffix that is also a path. */
  fallback: Node | null
  /** Of the terms that end here, their own first and then those of the fallbacks. */
  readonly ends: { readonly id: string; readonly length: number }[]
}

const createNode = (): Node => ({ next: new Map(), fallback: null, ends: [] })

const addTerm = (root: Node, id: string, codePoints: readonly number[]): void => {
  let node = root
  for (const codePoint of codePoints) {
    const next = node.next.get(codePoint) ?? createNode()
    node.next.set(codePoint, next)
    node = next
  }
  if (node !== root) node.ends.push({ id, length: codePoints.length })
}

const step = (node: Node, codePoint: number, root: Node): Node => {
  for (let from: Node | null = node; from !== null; from = from.fallback) {
    const next = from.next.get(codePoint)
    if (next !== undefined) return next
  }
  return root
}

const linkFallbacks = (root: Node): void => {
  const queue: Node[] = [root]
  for (const node of queue) {
    for (const [codePoint, child] of node.next) {
      child.fallback = node.fallback === null ? root : step(node.fallback, codePoint, root)
      child.ends.push(...child.fallback.ends)
      queue.push(child)
    }
  }
}

/** Finds terms in views in one pass, whatever the terms are (Aho & Corasick 1975); terms are read as text is. */
export const createTermMatcher = (terms: readonly Term[]): TermMatcher => {
  const root = createNode()
  for (const { id, text } of terms) {
    const [canonical] = makeViews({ text, emotes: [], kind: 'chat' }).views
    if (canonical !== undefined) addTerm(root, id, canonical.text.codePoints)
  }
  linkFallbacks(root)
  return {
    find: (text) => {
      const hits: TermHit[] = []
      let node = root
      for (let i = 0; i < text.codePoints.length; i += 1) {
        node = step(node, codePointAt(text, i), root)
        for (const { id, length } of node.ends) hits.push({ id, start: i + 1 - length, end: i + 1 })
      }
      return hits
    },
  }
}

const SPACE = 0x20

/** The text with each range read as one space: what stands beside it is judged without it. */
export const blankOut = (text: MappedText, ranges: readonly Range[]): MappedText => {
  const draft: Draft = createDraft()
  let from = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    copy(draft, text, from, Math.max(from, start))
    const first = Math.max(from, start)
    replace(draft, text, SPACE, first, end)
    from = end
  }
  copy(draft, text, from, text.codePoints.length)
  return draft
}
