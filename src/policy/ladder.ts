import type { DecisionKind } from '../domain/decision.js'

/** Strikes from which each step is suggested. */
export interface Ladder {
  readonly timeout: number
  readonly ban: number
}

export const DEFAULT_LADDER: Ladder = { timeout: 2, ban: 6 }

/** The step that a moderator is offered first; people decide. */
export const suggest = (strikes: number, ladder: Ladder): DecisionKind => {
  if (strikes >= ladder.ban) return 'ban'
  return strikes >= ladder.timeout ? 'timeout' : 'warn'
}
