/** The least recently used rows go first; a row is computed once, also when it is asked for twice at once. */
export interface RowCache<Value> {
  /** The value for these ids; `compute` runs only when it is neither remembered nor being computed. */
  get(
    ids: ArrayLike<number>,
    compute: () => Promise<Value>,
  ): { readonly value: Promise<Value>; isHit: boolean }
  readonly size: number
}

/** Remembers at most `capacity` rows; failures are not remembered. */
export function createRowCache<Value>(capacity: number): RowCache<Value> {
  // A Map iterates in the order of insertion: the first key is the one not used for the longest time.
  const rows = new Map<string, Promise<Value>>()

  const remember = (key: string, value: Promise<Value>): void => {
    rows.set(key, value)
    for (const oldest of rows.keys()) {
      if (rows.size <= capacity) break
      rows.delete(oldest)
    }
    value.catch(() => {
      if (rows.get(key) === value) rows.delete(key)
    })
  }

  return {
    get: (ids, compute) => {
      const key = keyOf(ids)
      const known = rows.get(key)
      if (known) {
        rows.delete(key)
        rows.set(key, known)
        return { value: known, isHit: true }
      }
      const value = compute()
      remember(key, value)
      return { value, isHit: false }
    },
    get size() {
      return rows.size
    },
  }
}

/** The ids themselves, four Latin-1 characters each: exact and one byte a character in memory. */
function keyOf(ids: ArrayLike<number>): string {
  return Buffer.from(new Int32Array(ids).buffer).toString('latin1')
}
