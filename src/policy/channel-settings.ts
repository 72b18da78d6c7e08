import type { Role } from '../domain/message.js'
import type { Category } from '../domain/verdict.js'
import { DEFAULT_LADDER, type Ladder } from './ladder.js'

export const TERM_KINDS = ['deny', 'allow-here', 'allow-user'] as const
export type TermKind = (typeof TERM_KINDS)[number]

/** A word that a moderator has ruled on; matched in every view of the text. */
export interface Term {
  readonly kind: TermKind
  readonly text: string
  /** Who added it. */
  readonly author: string
  /** For `allow-user`. */
  readonly userId?: string
  /** RFC 3339; absent = for ever. Compared with event time. */
  readonly expires?: string
}

export interface ChannelSettings {
  /** Over the artifact's own thresholds. */
  readonly thresholds: Readonly<Partial<Record<Category, number>>>
  readonly exemptRoles: readonly Role[]
  readonly terms: readonly Term[]
  readonly ladder: Ladder
}

export const DEFAULT_CHANNEL_SETTINGS: ChannelSettings = {
  thresholds: {},
  exemptRoles: ['broadcaster', 'moderator'],
  terms: [],
  ladder: DEFAULT_LADDER,
}

/** Settings of one channel: its own where given, the defaults elsewhere; terms of both. */
export const mergeSettings = (defaults: ChannelSettings, own: Partial<ChannelSettings>): ChannelSettings => ({
  ...defaults,
  ...own,
  thresholds: { ...defaults.thresholds, ...own.thresholds },
  terms: [...defaults.terms, ...(own.terms ?? [])],
})
