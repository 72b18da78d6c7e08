import { CATEGORIES, type Category } from '../../src/domain/verdict.js'
import type { LinearSection } from '../../src/model/linear-section.js'
import { perCategory } from '../../src/model/per-category.js'
import { codePointsOf, naiveBucket } from '../text/naive-grams.js'

/** Letters apart only: every gram is one code point. */
export const TINY_SECTION: LinearSection = {
  buckets: 1 << 12,
  maxGram: 1,
  idfStep: 0.5,
  steps: perCategory(() => 0.125),
  bias: perCategory(() => -6),
  share: perCategory((_, index) => (index === 0 ? 0.5 : 0.25)),
  clears: {
    below: perCategory(() => -4),
    slope: perCategory(() => 0.5),
    offset: perCategory(() => -1),
  },
}

/** A code and weights for some grams; all others have code 0, and so no say. */
export type TinyGrams = Readonly<
  Record<string, { readonly code: number } & Partial<Readonly<Record<Category, number>>>>
>

/** What `linear.bin` holds: 8 bytes for each bucket. */
export const tinyRows = (grams: TinyGrams, { buckets } = TINY_SECTION): Uint8Array => {
  const rows = new Uint8Array(buckets * 8)
  for (const [gram, { code, ...weights }] of Object.entries(grams)) {
    const at = naiveBucket(codePointsOf(gram), buckets) * 8
    rows.set([code, ...CATEGORIES.map((category) => weights[category] ?? 0)], at)
  }
  return rows
}
