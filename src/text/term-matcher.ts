import { codePointAt, type MappedText } from './mapped-text.js'

/** A pattern that ends somewhere, with those shorter ones that therefore end there too. */
export interface TermMatch<T> {
  readonly value: T
  /** In code points. */
  readonly length: number
  readonly shorter: TermMatch<T> | null
}

/** `end` is half-open, in code points of the view. */
export interface TermEnding<T> {
  readonly end: number
  readonly longest: TermMatch<T>
}

export interface TermMatcher<T> {
  /** Where patterns end, in order, one entry each: patterns inside of patterns cost nothing until looked at. */
  find(text: MappedText): readonly TermEnding<T>[]
}

interface Node<T> {
  next: Map<number, Node<T>> | null
  /** Where to go on when nothing follows: the longest proper suffix that is also a path. */
  fallback: Node<T> | null
  /** The longest pattern that ends here. */
  match: { readonly value: T; readonly length: number; shorter: TermMatch<T> | null } | null
}

const createNode = <T>(): Node<T> => ({ next: null, fallback: null, match: null })

const addPattern = <T>(root: Node<T>, codePoints: readonly number[], value: T): void => {
  let node = root
  for (const codePoint of codePoints) {
    node.next ??= new Map()
    const next = node.next.get(codePoint) ?? createNode<T>()
    node.next.set(codePoint, next)
    node = next
  }
  if (node !== root) node.match ??= { value, length: codePoints.length, shorter: null }
}

const step = <T>(node: Node<T>, codePoint: number, root: Node<T>): Node<T> => {
  for (let from: Node<T> | null = node; from !== null; from = from.fallback) {
    const next = from.next?.get(codePoint)
    if (next !== undefined) return next
  }
  return root
}

const linkFallbacks = <T>(root: Node<T>): void => {
  const queue: Node<T>[] = [root]
  for (const node of queue) {
    for (const [codePoint, child] of node.next ?? []) {
      child.fallback = node.fallback === null ? root : step(node.fallback, codePoint, root)
      if (child.match === null) child.match = child.fallback.match
      else child.match.shorter = child.fallback.match
      queue.push(child)
    }
  }
}

/**
 * Finds patterns (lists of code points, each with a value) in views in one pass, whatever they are (Aho & Corasick
 * 1975). Of equal patterns the first is reported; an empty one is never found.
 */
export const createTermMatcher = <T>(
  patterns: readonly { readonly codePoints: readonly number[]; readonly value: T }[],
): TermMatcher<T> => {
  const root = createNode<T>()
  for (const { codePoints, value } of patterns) addPattern(root, codePoints, value)
  linkFallbacks(root)
  return {
    find: (text) => {
      const endings: TermEnding<T>[] = []
      let node = root
      for (let i = 0; i < text.codePoints.length; i += 1) {
        node = step(node, codePointAt(text, i), root)
        if (node.match !== null) endings.push({ end: i + 1, longest: node.match })
      }
      return endings
    },
  }
}
