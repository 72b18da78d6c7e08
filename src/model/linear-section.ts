import { z } from 'zod'
import { CATEGORIES, type Category } from '../domain/verdict.js'

type Numbers = Readonly<Record<Category, number>>

/** What the manifest says of a linear stage before and beside the network. */
export interface LinearSection {
  /** Rows of `linear.bin`, a power of two. */
  readonly buckets: number
  /** The longest gram, in code points. */
  readonly maxGram: number
  /** A step of the codes that stand for inverse document frequencies. */
  readonly idfStep: number
  /** A step of the weights. */
  readonly steps: Numbers
  readonly bias: Numbers
  /** Mixed logit = network's + share x linear. */
  readonly share: Numbers
  /** Where every linear logit is below `below` the mixed logit is slope x linear + offset, without the network. */
  readonly clears: { readonly below: Numbers; readonly slope: Numbers; readonly offset: Numbers }
}

export const LINEAR_FILE = 'linear.bin'
/** Of `linear.bin`, a row of 8 bytes each: 128 MiB. */
const MAX_BUCKETS = 2 ** 24

const isPowerOfTwo = (value: number): boolean => value > 0 && (value & (value - 1)) === 0
const numbers = z.record(z.enum(CATEGORIES), z.number())

export const linearSchema = z.object({
  buckets: z.int().min(1).max(MAX_BUCKETS).refine(isPowerOfTwo, { message: 'must be a power of two' }),
  maxGram: z.int().min(1).max(6),
  idfStep: z.number().positive(),
  steps: numbers,
  bias: numbers,
  share: numbers,
  clears: z.object({ below: numbers, slope: numbers, offset: numbers }),
})

/** All of the section's numbers, in an order of their own. */
export const numbersOf = (section: LinearSection): readonly unknown[] => {
  const { buckets, maxGram, idfStep, steps, bias, share, clears } = section
  const { below, slope, offset } = clears
  const columns = [steps, bias, share, below, slope, offset]
  return [buckets, maxGram, idfStep, ...CATEGORIES.map((category) => columns.map((each) => each[category]))]
}
