import { z } from 'zod'
import { CATEGORIES, type Category } from '../domain/verdict.js'
import { type Calibration, calibrated } from './calibration.js'
import { eachCategory, numbersSchema } from './category-schemas.js'
import { type Thresholds, thresholdsByKind } from './judge.js'

type Numbers = Readonly<Record<Category, number>>

/** The thresholds of a manifest, or of a section of it. */
interface Limits {
  readonly thresholds: Thresholds
  readonly boardThresholds?: Partial<Numbers> | undefined
}

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
  /**
   * Where every linear logit is below `below` the network is not asked; then, and where it was asked enough, the
   * mixed logit is slope x min(linear, below) + offset.
   */
  readonly clears: { readonly below: Numbers; readonly slope: Numbers; readonly offset: Numbers }
}

export const LINEAR_FILE = 'linear.bin'
/** Of `linear.bin`, a row of 8 bytes each: 128 MiB. */
const MAX_BUCKETS = 2 ** 24

const isPowerOfTwo = (value: number): boolean => value > 0 && (value & (value - 1)) === 0
const slopes = eachCategory(
  z.number().min(0, { message: 'must not be negative: what is less abusive would score higher' }),
)

export const linearSchema = z.object({
  buckets: z.int().min(1).max(MAX_BUCKETS).refine(isPowerOfTwo, { message: 'must be a power of two' }),
  maxGram: z.int().min(1).max(6),
  idfStep: z.number().positive(),
  steps: numbersSchema,
  bias: numbersSchema,
  share: numbersSchema,
  clears: z.object({ below: numbersSchema, slope: slopes, offset: numbersSchema }),
})

/** All of the section's numbers, in an order of their own. */
export const numbersOf = (section: LinearSection): readonly unknown[] => {
  const { buckets, maxGram, idfStep, steps, bias, share, clears } = section
  const { below, slope, offset } = clears
  const columns = [steps, bias, share, below, slope, offset]
  return [buckets, maxGram, idfStep, ...CATEGORIES.map((category) => columns.map((each) => each[category]))]
}

/**
 * What a linear stage that is alone would find by itself, in chat or in posts: at the gates, the highest that it
 * says, it must not.
 */
export function flaggedAlone(
  { clears: { below, slope, offset } }: LinearSection,
  calibration: Calibration,
  { thresholds, boardThresholds }: Limits,
): readonly Category[] {
  const highest = CATEGORIES.map((category) => slope[category] * below[category] + offset[category])
  const scores = calibrated(highest, calibration)
  const { chat, board } = thresholdsByKind(thresholds, boardThresholds)
  return CATEGORIES.filter(
    (category) =>
      calibration[category].scale < 0 || !(scores[category] < Math.min(chat[category], board[category])),
  )
}
