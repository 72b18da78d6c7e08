import { createHash } from 'node:crypto'
import { type ChannelSettings, mergeSettings } from './channel-settings.js'
import { hasFilters } from './filters/filters.js'
import { compileTerms, type TermRules } from './terms.js'

export interface Channel {
  readonly settings: ChannelSettings
  readonly rules: TermRules
  /** Of everything in the settings that can change a verdict: thresholds, terms and filters. */
  readonly version: string
}

/** Settings and compiled terms of a channel id. */
export type ChannelLookup = (channelId: string) => Channel

const versionOf = ({ thresholds, terms, filters }: ChannelSettings): string =>
  createHash('sha256')
    .update(JSON.stringify([thresholds, terms, ...(hasFilters(filters) ? [filters] : [])]))
    .digest('hex')
    .slice(0, 12)

const compile = (settings: ChannelSettings): Channel => ({
  settings,
  rules: compileTerms(settings.terms),
  version: versionOf(settings),
})

/** `defaults` for every channel, with what `own` gives for some of them on top. */
export const createChannels = (
  defaults: ChannelSettings,
  own: Readonly<Record<string, Partial<ChannelSettings>>>,
): ChannelLookup => {
  const fallback = compile(defaults)
  const known = new Map(
    Object.entries(own).map(([id, partial]) => [id, compile(mergeSettings(defaults, partial))]),
  )
  return (channelId) => known.get(channelId) ?? fallback
}
