/** No such piece, or no such path. */
export const NONE = -1

const ROOT = 0
const EMPTY = -1
/** Numbers a slot of the table has: the node before, the code point, the id of the piece that ends here. */
const STRIDE = 3
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

const countCodePoints = (pieces: Iterable<string>): number => {
  let count = 0
  for (const piece of pieces) count += Array.from(piece).length
  return count
}

/** One open-addressed hash table of (node, code point); a node is the place of its slot, so what is read lies together. */
export const createPieceTrie = (pieces: ReadonlyMap<string, number>): PieceTrie => {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, countCodePoints(pieces.keys()) * 2)))
  const mask = size - 1
  const table = new Int32Array((size + 1) * STRIDE).fill(EMPTY)

  const hash = (node: number, codePoint: number): number =>
    ((Math.imul(node ^ Math.imul(codePoint, MULTIPLIER), MULTIPLIER) >>> 8) & mask) + 1
  /** The node, or the free place where it would be. Place 0 is the root's. */
  const find = (node: number, codePoint: number): number => {
    for (let slot = hash(node, codePoint); ; slot = (slot & mask) + 1) {
      const at = slot * STRIDE
      const before = table[at]
      if (before === EMPTY || (before === node && table[at + 1] === codePoint)) return at
    }
  }
  for (const [piece, id] of pieces) {
    let node = ROOT
    for (const character of piece) {
      const codePoint = character.codePointAt(0) ?? 0
      const next = find(node, codePoint)
      table[next] = node
      table[next + 1] = codePoint
      node = next
    }
    table[node + 2] = id
  }
  return {
    root: ROOT,
    next: (node, codePoint) => {
      const next = find(node, codePoint)
      return table[next] === EMPTY ? NONE : next
    },
    idAt: (node) => table[node + 2] ?? NONE,
  }
}
