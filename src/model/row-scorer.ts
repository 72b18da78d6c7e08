import type { Scores } from '../domain/verdict.js'
import type { Batcher } from './batcher.js'
import { type Calibration, calibrated } from './calibration.js'
import { affine, columnOf, type Logits } from './logits.js'
import { createNetwork, type NetworkOptions } from './network.js'
import type { DecidedBy, RowInput } from './rows.js'
import type { SecondSection } from './second-section.js'

export interface RowAnswer {
  readonly decidedBy: DecidedBy
  /** A network had to compute it: an answer was neither remembered nor on its way. */
  readonly isComputed: boolean
  /** Rounded to 4 decimals. */
  readonly scores: Scores
}

/** A second network, and which rows it is asked. */
export interface SecondOpinion {
  readonly section: Pick<SecondSection, 'band' | 'share' | 'calibration'>
  readonly batcher: Pick<Batcher, 'submit'>
}

export interface RowScorerOptions extends NetworkOptions {
  readonly calibration: Calibration
  /** Remembers as many answers of its own. */
  readonly second?: SecondOpinion | undefined
}

/** The scores of one row; rejects as `Network`. */
export type ScoreRow = (input: RowInput) => RowAnswer | Promise<RowAnswer>

/** What is asked again of a row that the first network leaves in doubt. */
interface Doubt {
  readonly ids: ArrayLike<number>
  readonly mixed: Logits
  readonly answer: RowAnswer
}

/** What the linear stage decided is answered at once. */
export function createRowScorer(options: RowScorerOptions): ScoreRow {
  const { calibration, second, cacheSize } = options
  const network = createNetwork(options)
  const askSecond = second && createSecond(second, cacheSize)

  const ask = async ({ ids, mix }: Extract<RowInput, { decidedBy: 'network' }>): Promise<RowAnswer> => {
    const { value, isHit } = network(ids)
    const mixed = mix(await value)
    const answer: RowAnswer = {
      decidedBy: 'network',
      isComputed: !isHit,
      scores: calibrated(mixed, calibration),
    }
    return askSecond === undefined ? answer : askSecond({ ids, mixed, answer })
  }

  return (input) =>
    input.decidedBy === 'linear'
      ? { decidedBy: 'linear', isComputed: false, scores: calibrated(input.logits, calibration) }
      : ask(input)
}

/** Asks the second network what lies in the band; the answer to the rest stays as it is. */
function createSecond({ section, batcher }: SecondOpinion, cacheSize: number) {
  const { band, calibration } = section
  const shares = columnOf(section.share)
  const network = createNetwork({ batcher, cacheSize })

  return async ({ ids, mixed, answer }: Doubt): Promise<RowAnswer> => {
    if (!isIn(band, answer.scores)) return answer
    const { value, isHit } = network(ids)
    return {
      decidedBy: 'second',
      isComputed: answer.isComputed || !isHit,
      scores: calibrated(affine(await value, shares, mixed), calibration),
    }
  }
}

/** Half-open. */
export const isIn = ({ low, high }: SecondSection['band'], { abusive }: Scores): boolean =>
  abusive >= low && abusive < high
