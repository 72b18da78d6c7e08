import { createHash, type Hash } from 'node:crypto'
import type { ChannelSettings, Term } from './channel-settings.js'
import { hasFilters } from './filters/filters.js'

const LENGTH = 12

const isTree = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inOrder = (_key: string, value: unknown): unknown =>
  isTree(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value

/** One text for equal settings, in whatever order their keys were given. */
const spell = (value: unknown): string => `${JSON.stringify(value, inOrder)}\n`

const addTerms = (hash: Hash, terms: readonly Term[]): Hash =>
  terms.reduce((sum, term) => sum.update(spell(term)), hash.copy())

/** Who is exempt is not filtered, and has no evidence in a verdict. */
const evidenceOf = ({ filters, exemptRoles }: ChannelSettings): readonly unknown[] =>
  hasFilters(filters) ? [filters, [...new Set(exemptRoles)].toSorted()] : []

/**
 * Gives a hash of everything in a channel's settings that can change the bytes of a verdict: equal for equal
 * settings. `own` are the terms after `shared`, which are hashed once for all channels.
 */
export const createRulesVersion = (shared: readonly Term[]) => {
  const hash = addTerms(createHash('sha256'), shared)
  return (settings: ChannelSettings, own: readonly Term[]): string =>
    addTerms(hash, own)
      .update(spell([settings.thresholds, ...evidenceOf(settings)]))
      .digest('hex')
      .slice(0, LENGTH)
}
