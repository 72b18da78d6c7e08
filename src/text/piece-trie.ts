/** No such piece, or no such path. */
export const NONE = -1

const EMPTY = -1
/** Spreads consecutive keys over the table; Knuth's multiplicative hash (TAOCP 3, 6.4). */
const MULTIPLIER = 0x9e3779b1

/** Pieces as paths of code points; lookups allocate nothing. */
export interface PieceTrie {
  readonly root: number
  /** The node one code point further, or `NONE`. */
  next(node: number, codePoint: number): number
  /** The id of the piece that ends at a node, or `NONE`. */
  idAt(node: number): number
}

/** One open-addressed hash table of (node, code point) -> node; node and code point must fit 32 bits together. */
export const createPieceTrie = (pieces: ReadonlyMap<string, number>): PieceTrie => {
  const edges = new Map<number, number>()
  const ids: number[] = [NONE]
  const keyOf = (node: number, codePoint: number): number => node * 0x110000 + codePoint
  for (const [piece, id] of pieces) {
    let node = 0
    for (const character of piece) {
      const key = keyOf(node, character.codePointAt(0) ?? 0)
      let next = edges.get(key)
      if (next === undefined) {
        next = ids.push(NONE) - 1
        edges.set(key, next)
      }
      node = next
    }
    ids[node] = id
  }
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, edges.size * 2)))
  const mask = size - 1
  const keys = new Float64Array(size).fill(EMPTY)
  const nodes = new Int32Array(size)
  const slotOf = (node: number, codePoint: number): number =>
    (Math.imul(node ^ Math.imul(codePoint, MULTIPLIER), MULTIPLIER) >>> 8) & mask
  for (const [key, next] of edges) {
    const node = Math.floor(key / 0x110000)
    let slot = slotOf(node, key - node * 0x110000)
    while (keys[slot] !== EMPTY) slot = (slot + 1) & mask
    keys[slot] = key
    nodes[slot] = next
  }
  const idAt = Int32Array.from(ids)
  return {
    root: 0,
    next: (node, codePoint) => {
      const key = keyOf(node, codePoint)
      for (let slot = slotOf(node, codePoint); ; slot = (slot + 1) & mask) {
        const found = keys[slot]
        if (found === key) return nodes[slot] ?? NONE
        if (found === EMPTY) return NONE
      }
    },
    idAt: (node) => idAt[node] ?? NONE,
  }
}
