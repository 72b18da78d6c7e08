import type { Role } from '../domain/message.js'
import type { Category } from '../domain/verdict.js'
import type { FilterSettings } from './filters/filters.js'
import { DEFAULT_LADDER, type Ladder } from './ladder.js'

export const TERM_KINDS = ['deny', 'allow-once', 'allow-here', 'allow-user'] as const
export type TermKind = (typeof TERM_KINDS)[number]

/** Of one list, but for `lettersInAll`: terms are compiled to about 0.5 kB a letter. */
export const TERM_LIMITS = {
  terms: 10_000,
  length: 100,
  letters: 100_000,
  lettersInAll: 300_000,
} as const

/** A word or phrase that a moderator has ruled on; matched in every view of the text. */
export interface Term {
  readonly kind: TermKind
  readonly text: string
  /** Who added it. */
  readonly author: string
  /** For `allow-user`. */
  readonly userId?: string
  /** For `allow-once`: the message it holds in, so that a replay gives the same answer. */
  readonly messageId?: string
  /**
   * Allowed only where it begins its word (`시발점`, not `이시발점`), or where it is the `word` but for a particle
   * (`시발점은`, not `시발점수`).
   */
  readonly place?: 'word-start' | 'word'
  /** RFC 3339; absent = for ever. Compared with event time. */
  readonly expires?: string
}

export interface ChannelSettings {
  /** Over the artifact's own thresholds. */
  readonly thresholds: Readonly<Partial<Record<Category, number>>>
  readonly exemptRoles: readonly Role[]
  readonly terms: readonly Term[]
  readonly ladder: Ladder
  readonly filters: FilterSettings
}

export const DEFAULT_CHANNEL_SETTINGS: ChannelSettings = {
  thresholds: {},
  exemptRoles: ['broadcaster', 'moderator'],
  terms: [],
  ladder: DEFAULT_LADDER,
  filters: {},
}

/** Settings of one channel: its own where given, the defaults elsewhere; terms of both. */
export const mergeSettings = (defaults: ChannelSettings, own: Partial<ChannelSettings>): ChannelSettings => ({
  ...defaults,
  ...own,
  thresholds: { ...defaults.thresholds, ...own.thresholds },
  // One list for all channels that add none.
  terms: own.terms?.length ? [...defaults.terms, ...own.terms] : defaults.terms,
  filters: { ...defaults.filters, ...own.filters },
})
