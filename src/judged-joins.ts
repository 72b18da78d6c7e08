import type { Judgement } from './judging.js'
import type { Join } from './users/joins.js'

/** A join as judged. */
export interface JudgedJoin {
  readonly judgement: Judgement
  readonly join: Join
}

const isWorse = ({ judgement }: JudgedJoin, than: JudgedJoin | undefined): boolean =>
  than === undefined || judgement.scores.abusive > than.judgement.scores.abusive

const isDoubtful = ({ scores, thresholds }: Judgement): boolean => scores.abusive >= thresholds.abusive / 2

/** It lacks to 1 at most an eighth of what the threshold of a message lacks. */
const isVerySure = ({ scores, thresholds }: Judgement): boolean =>
  scores.abusive >= (7 + thresholds.abusive) / 8

const SYLLABLES = /^[가-힣]+$/

/**
 * What goes before the end of a spelled word makes it worse (`아` `시` `발`) or belongs to another word (`역` `시`
 * `발` `로`): then the whole must be as abusive as each of its endings. Doubtful is enough when the end is very sure,
 * and where letters are no syllables, which may be cut anywhere.
 */
const isWhole = ({ join, judgement }: JudgedJoin, all: readonly JudgedJoin[]): boolean => {
  const text = join.within ?? join.text
  const whole = all.find((other) => other.join.text === text)
  if (whole === undefined || !isDoubtful(whole.judgement)) return false
  if (isVerySure(judgement) || !SYLLABLES.test(text)) return true
  return !all.some((other) => text.endsWith(other.join.text) && isWorse(other, whole))
}

/** The worst of a message's joins that is a flag, the shortest of several. */
export const worstFlag = (joins: readonly JudgedJoin[]): JudgedJoin | undefined =>
  joins
    .filter((joined) => joined.judgement.verdict === 'flag' && isWhole(joined, joins))
    .reduce<JudgedJoin | undefined>((worst, next) => (isWorse(next, worst) ? next : worst), undefined)
