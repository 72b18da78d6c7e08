const DAY_MS = 86_400_000

export interface UserStoreOptions {
  /** Strikes halve in this much event time. */
  readonly halfLifeMs: number
}

/** A message id seen within this time has no second effect. */
export const SEEN_MS = 7 * DAY_MS

/** Windows live by event time; this only bounds what is kept, also for a replay slower than the chat was. */
export const FRAGMENTS_MS = DAY_MS

/** After 30 half-lives strikes are below the precision that is shown. */
export const strikesTtlMs = (halfLifeMs: number): number => Math.max(DAY_MS, Math.ceil(30 * halfLifeMs))

/** How many changes of cases can be replayed. */
export const MAX_EVENTS = 10_000
