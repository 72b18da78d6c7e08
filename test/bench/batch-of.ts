import type { Batch } from '../../src/model/backend.js'

/** Rows of token ids as the model takes them, padded to the longest. */
export const batchOf = (rows: readonly (readonly number[])[]): Batch => {
  const length = Math.max(1, ...rows.map((row) => row.length))
  const ids = new Int32Array(rows.length * length)
  const lengths = new Int32Array(rows.length)
  rows.forEach((row, index) => {
    ids.set(row, index * length)
    lengths[index] = row.length
  })
  return { rows: rows.length, length, ids, lengths }
}
