import type { Range } from '../text/mapped-text.js'
import type { Term } from './channel-settings.js'

/** A term at a place of a view. */
export interface TermHit extends Range {
  readonly term: Term
}
