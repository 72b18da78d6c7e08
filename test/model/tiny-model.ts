import { join } from 'node:path'
import { CATEGORIES, type ViewName } from '../../src/domain/verdict.js'
import { packageRoot } from '../../src/package-root.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import type { View } from '../../src/text/views.js'
import type { Tokens } from '../../src/text/wordpiece.js'

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

const LETTERS = 'APIHSTM+'

/** A view of which every code point is its own; a letter of `APIHSTM` is a word of that category, `+` half of one. */
export const viewOf = (text: string, name: ViewName = 'canonical', shift = 0): View => {
  const codePoints = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const starts = codePoints.map((_, index) => index + shift)
  return { name, text: { codePoints, starts, ends: starts.map((start) => start + 1) } }
}

/** One token for every code point but spaces. */
export const tinyEncode = ({ codePoints, starts, ends }: MappedText): Tokens => {
  const kept = [...codePoints.keys()].filter((index) => codePoints[index] !== 32)
  return {
    ids: kept.map((index) => tinyId(codePoints[index] ?? 0)),
    starts: kept.map((index) => starts[index] ?? 0),
    ends: kept.map((index) => ends[index] ?? 0),
  }
}

function tinyId(codePoint: number): number {
  const letter = LETTERS.indexOf(String.fromCodePoint(codePoint))
  return letter < 0 ? 20 + (codePoint % 40) : 100 + letter
}
