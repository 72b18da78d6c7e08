import type { Suggest } from '../users/case-record.js'

export interface CaseStoreOptions {
  /** The user store's: `undo` gives forgiven strikes back. */
  readonly halfLifeMs: number
  readonly suggest: Suggest
}

/** Decided cases are kept this long: undo and audit need them. */
export const DECIDED_MS = 30 * 86_400_000
