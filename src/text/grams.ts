import { SPACE } from './canonicalise/letters.js'
import { BASIS, FINISH, PRIME } from './hash-constants.js'
import type { MappedText } from './mapped-text.js'

export interface GramSize {
  /** A power of two. */
  readonly buckets: number
  /** The longest gram, in code points. */
  readonly maxGram: number
}

/** Reads texts into memory of its own, which every text overwrites. */
export interface GramReader {
  /**
   * Hashes every run of 1 to `maxGram` code points within a word and the space on either side of it. Gives how
   * many different buckets they fall into; these stand first in `found`, in the order in which they came.
   */
  read(text: MappedText): number
  /** Buckets of the text that was read last; another array once a longer text was read. */
  readonly found: Int32Array
}

/** Code points that there is room for at first: a passage and more. */
const FIRST_ROOM = 64

/** Linear in the text, of any length, and nothing is allocated for a gram. */
export const createGramReader = ({ buckets, maxGram }: GramSize): GramReader => {
  const set = new BucketSet(buckets)
  const mask = buckets - 1
  let padded = new Int32Array(FIRST_ROOM)

  /** The text between spaces, so that every word has one on either side; false where there is no word. */
  const pad = (codePoints: readonly number[]): boolean => {
    const n = codePoints.length
    if (n + 2 > padded.length) padded = new Int32Array(2 * (n + 2))
    let hasWord = false
    padded[0] = SPACE
    for (let i = 0; i < n; i += 1) {
      const codePoint = codePoints[i] ?? SPACE
      padded[i + 1] = codePoint
      if (codePoint !== SPACE) hasWord = true
    }
    padded[n + 1] = SPACE
    return hasWord
  }

  /** Grams that begin at `start`, where a word or the space before it may: the space after it ends them. */
  const addFrom = (start: number, length: number): void => {
    const end = Math.min(start + maxGram, length)
    let hash = BASIS
    for (let i = start; i < end; i += 1) {
      const codePoint = padded[i] ?? SPACE
      // Between two spaces there is no word.
      if (codePoint === SPACE && i === start + 1 && padded[start] === SPACE) return
      hash = Math.imul(hash ^ codePoint, PRIME)
      set.add(finished(hash) & mask)
      if (codePoint === SPACE && i > start) return
    }
  }

  const read = ({ codePoints }: MappedText): number => {
    const length = codePoints.length + 2
    set.clear(length * maxGram)
    if (!pad(codePoints)) return 0
    for (let start = 0; start < length; start += 1) addFrom(start, length)
    return set.size
  }

  return {
    read,
    get found() {
      return set.found
    },
  }
}

const finished = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 15), FINISH)
  return mixed ^ (mixed >>> 12)
}

/** Buckets of one text, which cost what is put in and not what there could be. */
class BucketSet {
  size = 0
  found = new Int32Array(0)
  // A bit for each bucket fits into a core's cache where a number for each would not.
  readonly #isFound: Int32Array

  constructor(buckets: number) {
    this.#isFound = new Int32Array(Math.ceil(buckets / 32))
  }

  /** Forgets all, and makes room for `room` buckets. */
  clear(room: number): void {
    for (let i = 0; i < this.size; i += 1) this.#isFound[(this.found[i] ?? 0) >>> 5] = 0
    this.size = 0
    if (room > this.found.length) this.found = new Int32Array(2 * room)
  }

  add(bucket: number): void {
    const word = bucket >>> 5
    const bit = 1 << (bucket & 31)
    const bits = this.#isFound[word] ?? 0
    if ((bits & bit) !== 0) return
    this.#isFound[word] = bits | bit
    this.found[this.size] = bucket
    this.size += 1
  }
}
