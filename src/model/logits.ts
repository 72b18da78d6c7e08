import { CATEGORIES, type Category } from '../domain/verdict.js'

/** Of CATEGORIES in their order, uncalibrated. */
export type Logits = ArrayLike<number>

/** One number for each of CATEGORIES, in their order. */
export const columnOf = (numbers: Readonly<Record<Category, number>>): Float64Array =>
  Float64Array.from(CATEGORIES, (category) => numbers[category])

/** `factors` x `logits` + `addends`, category by category. */
export const affine = (logits: Logits, factors: Logits, addends: Logits): Float64Array => {
  const sums = new Float64Array(CATEGORIES.length)
  for (let k = 0; k < sums.length; k += 1) sums[k] = (factors[k] ?? 0) * (logits[k] ?? 0) + (addends[k] ?? 0)
  return sums
}
