import type { Category, Scores } from '../domain/verdict.js'
import { perCategory } from './per-category.js'

/** Probability = sigmoid(scale x logit + bias). */
export type Calibration = Readonly<Record<Category, { readonly scale: number; readonly bias: number }>>

/** The scores of logits in the order of CATEGORIES: probabilities, rounded to 4 decimals. */
export function calibrated(logits: ArrayLike<number>, calibration: Calibration): Scores {
  return perCategory((category, index) => {
    const { scale, bias } = calibration[category]
    const probability = 1 / (1 + Math.exp(-(scale * (logits[index] ?? 0) + bias)))
    return Math.round(probability * 10_000) / 10_000
  })
}
