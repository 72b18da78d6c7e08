/** The classic chat filters: what marks a message without saying that it is abusive. */
export const FILTERS = [
  'flood',
  'repetition',
  'caps',
  'symbols',
  'zalgo',
  'emotes',
  'links',
  'drawings',
] as const
export type FilterName = (typeof FILTERS)[number]

/** What one filter found, in the unit of its limit; it changes neither a verdict nor scores nor strikes. */
export interface FilterEvidence {
  readonly filter: FilterName
  /** 0.5 at the channel's limit; 1 at twice a count, or when a share is the whole text. */
  readonly score: number
  readonly value: number
  readonly limit: number
  /** The host of a link; what was repeated. */
  readonly detail?: string
}
