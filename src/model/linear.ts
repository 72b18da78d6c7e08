import { CATEGORIES } from '../domain/verdict.js'
import { ModelLoadError } from '../errors.js'
import { createGramReader } from '../text/grams.js'
import type { MappedText } from '../text/mapped-text.js'
import type { LinearSection } from './linear-section.js'
import { affine, columnOf, type Logits } from './logits.js'
import { type LinearFile, readBytes } from './manifest.js'

/** Reads a text in microseconds: answers for what is plainly harmless, and has a say in the rest. */
export interface LinearModel {
  logits(text: MappedText): Logits
  /** True when every logit is so low that the network need not be asked. */
  clears(linear: Logits): boolean
  /**
   * What mixed logits are taken to be where the network was not asked: never more than at the gates, up to which
   * that was measured, however far above them a row is for which no budget was left.
   */
  alone(linear: Logits): Logits
  /** Both votes. */
  mixed(network: Logits, linear: Logits): Logits
}

/** A code for the inverse document frequency, then a weight for each of CATEGORIES. */
const ROW_BYTES = 1 + CATEGORIES.length

/** Reads the weights, `buckets` rows of 8 bytes. Throws `ModelLoadError` when they are not. */
export async function loadLinear(linear: LinearFile): Promise<LinearModel> {
  const { path, buckets } = linear
  const bytes = await readBytes(path)
  if (bytes.length !== buckets * ROW_BYTES)
    throw new ModelLoadError(
      `${path} has ${bytes.length} bytes, but ${buckets} buckets need ${buckets * ROW_BYTES}: manifest.json ` +
        'and weights are of two trainings, restore the folder from its release',
    )
  return createLinear(linear, bytes)
}

/** `rows` has a row of 8 bytes for each bucket: an unsigned code, and 7 signed weights. */
export function createLinear(section: LinearSection, rows: Uint8Array): LinearModel {
  const { bias, steps, share, clears } = section
  const codes = new Uint8Array(rows)
  const weights = new Int8Array(codes.buffer)
  const grams = createGramReader(section)
  const [biases, stepsOf, shares] = [columnOf(bias), columnOf(steps), columnOf(share)]
  const [below, slopes, offsets] = [columnOf(clears.below), columnOf(clears.slope), columnOf(clears.offset)]

  const logits = (text: MappedText): Float64Array => {
    const count = grams.read(text)
    const { found } = grams
    const sums = new Float64Array(CATEGORIES.length)
    let squares = 0
    for (let i = 0; i < count; i += 1) {
      const row = (found[i] ?? 0) * ROW_BYTES
      const code = codes[row] ?? 0
      squares += code * code
      for (let k = 0; k < sums.length; k += 1) sums[k] = (sums[k] ?? 0) + code * (weights[row + 1 + k] ?? 0)
    }
    // Both the sums and the norm are in units of idfStep, which so makes no difference.
    const norm = squares === 0 ? 1 : Math.sqrt(squares)
    for (let k = 0; k < sums.length; k += 1) sums[k] = at(biases, k) + (at(stepsOf, k) * at(sums, k)) / norm
    return sums
  }

  return {
    logits,
    clears: (linear) => {
      for (let k = 0; k < below.length; k += 1) if (!(at(linear, k) < at(below, k))) return false
      return true
    },
    alone: (linear) => affine(atMost(linear, below), slopes, offsets),
    mixed: (network, linear) => affine(linear, shares, network),
  }
}

const atMost = (linear: Logits, limits: Float64Array): Float64Array =>
  limits.map((limit, k) => Math.min(at(linear, k), limit))

const at = (numbers: Logits, index: number): number => numbers[index] ?? 0
