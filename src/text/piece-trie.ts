/** No such piece, or no such path. */
export const NONE = -1

const EMPTY = -1
/** Numbers a slot of the table has: the node before, the code point, the id of the piece that ends here. */
const STRIDE = 3
/** Spreads consecutive keys over the table; Knuth's multiplicative hash (TAOCP 3, 6.4). */
const MULTIPLIER = 0x9e3779b1

/** Several sets of pieces as paths of code points; lookups allocate nothing. */
export interface PieceTrie {
  /** The node one code point further, or `NONE`. The paths of the first set begin at node 0, of the next at 1. */
  next(node: number, codePoint: number): number
  /** The id of the piece that ends at a node, or `NONE`. */
  idAt(node: number): number
}

type Pieces = ReadonlyMap<string, number>

const countPrefixes = (pieces: Pieces): number => {
  const prefixes = new Set<string>()
  for (const piece of pieces.keys()) {
    let prefix = ''
    for (const character of piece) {
      prefix += character
      prefixes.add(prefix)
    }
  }
  return prefixes.size
}

/** One open-addressed hash table of (node, code point), at most half full; a node is its slot, after those of the roots. */
export const createPieceTrie = (...sets: readonly Pieces[]): PieceTrie => {
  const roots = sets.length
  const count = sets.reduce((sum, pieces) => sum + countPrefixes(pieces), 0)
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, count * 2))) - 1
  const table = new Int32Array((mask + 1 + roots) * STRIDE).fill(EMPTY)

  /** The node, or the free slot where it would be. */
  const find = (node: number, codePoint: number): number => {
    let hash = Math.imul(node ^ Math.imul(codePoint, MULTIPLIER), MULTIPLIER) >>> 8
    for (; ; hash += 1) {
      const slot = (hash & mask) + roots
      const before = table[slot * STRIDE]
      if (before === EMPTY || (before === node && table[slot * STRIDE + 1] === codePoint)) return slot
    }
  }
  for (const [root, pieces] of sets.entries())
    for (const [piece, id] of pieces) {
      let node = root
      for (const character of piece) {
        const codePoint = character.codePointAt(0) ?? 0
        const next = find(node, codePoint)
        table[next * STRIDE] = node
        table[next * STRIDE + 1] = codePoint
        node = next
      }
      table[node * STRIDE + 2] = id
    }
  return {
    next: (node, codePoint) => {
      const next = find(node, codePoint)
      return table[next * STRIDE] === EMPTY ? NONE : next
    },
    idAt: (node) => table[node * STRIDE + 2] ?? NONE,
  }
}
