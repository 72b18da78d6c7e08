import { join } from 'node:path'
import { CATEGORIES } from '../../src/domain/verdict.js'
import { packageRoot } from '../../src/package-root.js'

/** The artifact of test/fixtures/tiny-model/make.py, whose logits `tinyLogits` gives exactly. */
export const TINY_FOLDER = join(packageRoot, 'test/fixtures/tiny-model')
export const TINY_MODEL = join(TINY_FOLDER, 'model.onnx')

/** An id that the tiny model has no row for: its batch fails. */
export const POISON = 500

function weight(id: number, category: number): number {
  if (id === 107) return category === 0 ? 3 : 0
  if (id >= 100 && id < 107) return category === 0 || category === id - 100 ? 8 : 0
  return id === 0 ? 0 : (((id * (category + 3)) % 5) - 2) / 16
}

export const tinyLogits = (ids: readonly number[]): number[] =>
  CATEGORIES.map((_, category) => ids.reduce((sum, id) => sum + weight(id, category), ids.length / 64 - 4))
