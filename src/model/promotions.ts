/** A model that an operator chose for the workers to load. */
export interface Promotion {
  readonly id: string
  readonly version: string
  /** Absolute. */
  readonly folder: string
  /** Of `manifest.json` when it was promoted: what was verified is what workers load. */
  readonly manifestSha256: string
  /** RFC 3339. */
  readonly promotedAt: string
  /** Absent while rolling back can come to it. */
  readonly rolledBackAt?: string
}

/** Oldest first. The last one that is not rolled back is current. */
export type Promotions = readonly Promotion[]

/** A year of one a week; of more the oldest that was rolled back is forgotten, else the oldest. */
export const MAX_PROMOTIONS = 60

const isRolledBack = ({ rolledBackAt }: Promotion): boolean => rolledBackAt !== undefined

const standing = (promotions: Promotions): Promotions => promotions.filter((each) => !isRolledBack(each))

/** Absent when nothing was promoted, or all of it was rolled back: then the shipped model is used. */
export const currentOf = (promotions: Promotions): Promotion | undefined => standing(promotions).at(-1)

/** What a rollback goes to; absent when that is the shipped model. */
export const previousOf = (promotions: Promotions): Promotion | undefined => standing(promotions).at(-2)

/** The same artifact in the same folder. */
export const isSame = (one: Promotion | undefined, other: Promotion | undefined): boolean =>
  one?.folder === other?.folder && one?.manifestSha256 === other?.manifestSha256

// What stands is what rollbacks go to: trials that were rolled back must not push it out.
const withoutOldest = (promotions: Promotions): Promotions =>
  promotions.length < MAX_PROMOTIONS
    ? promotions
    : promotions.toSpliced(Math.max(0, promotions.findIndex(isRolledBack)), 1)

/** With this one as the current; unchanged when it is already. */
export const withPromoted = (promotions: Promotions, promotion: Promotion): Promotions =>
  isSame(currentOf(promotions), promotion) ? promotions : [...withoutOldest(promotions), promotion]

/** With the one before the current as the current. */
export const withRolledBack = (promotions: Promotions, rolledBackAt: string): Promotions => {
  const current = currentOf(promotions)
  return promotions.map((each) => (each === current ? { ...each, rolledBackAt } : each))
}
