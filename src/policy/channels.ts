import { type ChannelSettings, mergeSettings } from './channel-settings.js'
import { createRulesVersion } from './rules-version.js'
import { compileTerms, type TermRules } from './terms.js'

export interface Channel {
  readonly settings: ChannelSettings
  readonly rules: TermRules
  /** Of everything in the settings that can change a verdict: terms, thresholds, filters and who is filtered. */
  readonly version: string
}

/** Settings and compiled terms of a channel id. */
export type ChannelLookup = (channelId: string) => Channel

/** `defaults` for every channel, with what `own` gives for some of them on top. */
export const createChannels = (
  defaults: ChannelSettings,
  own: Readonly<Record<string, Partial<ChannelSettings>>>,
): ChannelLookup => {
  const shared = compileTerms(defaults.terms)
  const versionOf = createRulesVersion(defaults.terms)
  const createChannel = (partial: Partial<ChannelSettings>): Channel => {
    const settings = mergeSettings(defaults, partial)
    const { terms = [] } = partial
    return { settings, rules: shared.extend(terms), version: versionOf(settings, terms) }
  }
  const fallback = createChannel({})
  const known = new Map(Object.entries(own).map(([id, partial]) => [id, createChannel(partial)]))
  return (channelId) => known.get(channelId) ?? fallback
}
