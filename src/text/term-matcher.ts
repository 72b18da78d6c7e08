import { codePointAt, type MappedText, type Range } from './mapped-text.js'

/** A pattern found at `start..end` of a view's code points; `pattern` is its place in the list. */
export interface TermHit extends Range {
  readonly pattern: number
}

export interface TermMatcher {
  /** All occurrences, overlapping ones too, in the order in which they end; of one end, longest first. */
  find(text: MappedText): readonly TermHit[]
}

interface Node {
  next: Map<number, Node> | null
  /** Where to go on when nothing follows: the longest proper suffix that is also a path. */
  fallback: Node | null
  /** The nearest fallback at which a pattern ends. */
  shorter: Node | null
  pattern: number
  length: number
}

const NONE = -1
const createNode = (): Node => ({ next: null, fallback: null, shorter: null, pattern: NONE, length: 0 })

const addPattern = (root: Node, pattern: number, codePoints: readonly number[]): void => {
  let node = root
  for (const codePoint of codePoints) {
    node.next ??= new Map()
    const next = node.next.get(codePoint) ?? createNode()
    node.next.set(codePoint, next)
    node = next
  }
  if (node === root || node.pattern !== NONE) return
  node.pattern = pattern
  node.length = codePoints.length
}

const step = (node: Node, codePoint: number, root: Node): Node => {
  for (let from: Node | null = node; from !== null; from = from.fallback) {
    const next = from.next?.get(codePoint)
    if (next !== undefined) return next
  }
  return root
}

const linkFallbacks = (root: Node): void => {
  const queue: Node[] = [root]
  for (const node of queue) {
    for (const [codePoint, child] of node.next ?? []) {
      child.fallback = node.fallback === null ? root : step(node.fallback, codePoint, root)
      child.shorter = child.fallback.pattern === NONE ? child.fallback.shorter : child.fallback
      queue.push(child)
    }
  }
}

/**
 * Finds patterns (lists of code points) in views in one pass, whatever they are (Aho & Corasick 1975). Of equal
 * patterns the first is reported; an empty one is never found.
 */
export const createTermMatcher = (patterns: readonly (readonly number[])[]): TermMatcher => {
  const root = createNode()
  for (const [index, codePoints] of patterns.entries()) addPattern(root, index, codePoints)
  linkFallbacks(root)
  return {
    find: (text) => {
      const hits: TermHit[] = []
      let node = root
      for (let i = 0; i < text.codePoints.length; i += 1) {
        node = step(node, codePointAt(text, i), root)
        let match = node.pattern === NONE ? node.shorter : node
        for (; match !== null; match = match.shorter)
          hits.push({ pattern: match.pattern, start: i + 1 - match.length, end: i + 1 })
      }
      return hits
    },
  }
}
