import { z } from 'zod'
import { CATEGORIES, type Category } from '../domain/verdict.js'
import type { Calibration } from './calibration.js'
import {
  boardThresholdsSchema,
  calibrationSchema,
  numbersSchema,
  thresholdsSchema,
} from './category-schemas.js'
import type { Thresholds } from './judge.js'

/** What the manifest of a model says of its use after another one, which it is asked to correct. */
export interface SecondSection {
  /** The one it comes after, as its `versions.model`. */
  readonly after: string
  /** Rows whose `abusive` by the first, calibrated, is at least `low` and below `high` are asked. */
  readonly band: { readonly low: number; readonly high: number }
  /** Mixed logit = what the first stage calibrates + share x the second network's. */
  readonly share: Readonly<Record<Category, number>>
  /** Of those mixed logits. */
  readonly calibration: Calibration
  /** Of both models together. */
  readonly thresholds: Thresholds
  /** For board posts, of some categories. */
  readonly boardThresholds?: Readonly<Partial<Record<Category, number>>>
}

const probability = z.number().min(0).max(1)

export const secondSchema = z.object({
  after: z.string().min(1),
  band: z
    .object({ low: probability, high: probability })
    .refine(({ low, high }) => low < high, { message: 'low must be below high' }),
  share: numbersSchema,
  calibration: calibrationSchema,
  thresholds: thresholdsSchema,
  boardThresholds: boardThresholdsSchema.exactOptional(),
})

/** All that decides, in an order of its own; what it comes after is named by the model's version. */
export const decidingOf = ({
  band,
  share,
  calibration,
  thresholds,
  boardThresholds = {},
}: SecondSection): readonly unknown[] => [
  band.low,
  band.high,
  ...CATEGORIES.map((category) => {
    const { scale, bias } = calibration[category]
    return [share[category], scale, bias, thresholds[category], boardThresholds[category] ?? null]
  }),
]
