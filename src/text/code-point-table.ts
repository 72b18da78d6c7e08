/** Code points, asked for one by one. */
export interface CodePointSet {
  readonly has: (codePoint: number) => boolean
}

/** What code points stand for. */
export interface CodePointMap<T> extends CodePointSet {
  readonly get: (codePoint: number) => T | undefined
}

/** One bit for each code point from the first to the last: most questions come from text that has none of them. */
export const codePointSet = (codePoints: readonly number[]): CodePointSet => {
  const first = Math.min(...codePoints)
  const last = Math.max(...codePoints)
  const bits = new Int32Array(((last - first) >>> 5) + 1)
  for (const codePoint of codePoints) {
    const word = (codePoint - first) >>> 5
    bits[word] = (bits[word] ?? 0) | (1 << ((codePoint - first) & 31))
  }
  return {
    has: (codePoint) =>
      codePoint >= first &&
      codePoint <= last &&
      ((bits[(codePoint - first) >>> 5] ?? 0) & (1 << ((codePoint - first) & 31))) !== 0,
  }
}

/** A later entry of the same code point wins. */
export const codePointMap = <T>(entries: readonly (readonly [number, T])[]): CodePointMap<T> => {
  const values = new Map(entries)
  const { has } = codePointSet([...values.keys()])
  return { has, get: (codePoint) => (has(codePoint) ? values.get(codePoint) : undefined) }
}
