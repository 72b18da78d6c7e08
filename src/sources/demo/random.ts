/** A seeded source of choices: the same seed makes the same choices on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer in [0, below). */
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
}

/** Mulberry32 (Tommy Ettinger, public domain) behind the `Random` interface. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const int = (below: number): number => Math.floor(next() * below)
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(items.length)]
    if (item === undefined) throw new RangeError('cannot pick from an empty list')
    return item
  }
  return { next, int, chance: (probability) => next() < probability, pick }
}

/** Picks a name by its weight; the weights are positive and need not sum to one. */
export const pickWeighted = <T>(random: Random, weights: readonly (readonly [T, number])[]): T => {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  let left = random.next() * total
  for (const [value, weight] of weights) {
    left -= weight
    if (left < 0) return value
  }
  return random.pick(weights)[0]
}
