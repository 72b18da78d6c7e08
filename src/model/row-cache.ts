/** Recently used rows stay; a row is computed once, also when it is asked for twice at once. */
export interface RowCache<Value> {
  /** The value for these ids (each below 65,536); `compute` runs only when it is neither remembered nor on its way. */
  get(
    ids: ArrayLike<number>,
    compute: () => Promise<Value>,
  ): { readonly value: Promise<Value>; isHit: boolean }
  readonly size: number
}

/**
 * Remembers at most `capacity` rows, in two generations: when the young one is full it becomes the old one, and
 * what nobody asked for meanwhile is forgotten at once, instead of row by row. Failures are not remembered.
 */
export function createRowCache<Value>(capacity: number): RowCache<Value> {
  const generationSize = Math.floor(capacity / 2)
  let young = new Map<string, Promise<Value>>()
  let old = new Map<string, Promise<Value>>()

  const remember = (key: string, value: Promise<Value>): void => {
    if (generationSize === 0) return
    if (young.size >= generationSize) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  const forget = (key: string, value: Promise<Value>): void => {
    for (const rows of [young, old]) if (rows.get(key) === value) rows.delete(key)
  }

  return {
    get: (ids, compute) => {
      const key = keyOf(ids)
      const known = young.get(key)
      if (known) return { value: known, isHit: true }
      const promoted = old.get(key)
      const value = promoted ?? compute()
      remember(key, value)
      if (promoted === undefined) value.catch(() => forget(key, value))
      return { value, isHit: promoted !== undefined }
    },
    get size() {
      return young.size + old.size
    },
  }
}

/** The ids themselves, one character each: exact, and nothing to hash by hand. */
function keyOf(ids: ArrayLike<number>): string {
  let key = ''
  for (let i = 0; i < ids.length; i += 1) key += String.fromCharCode(ids[i] ?? 0)
  return key
}
