import { type ChannelSettings, mergeSettings } from './channel-settings.js'
import { compileTerms, type TermRules } from './terms.js'

export interface Channel {
  readonly settings: ChannelSettings
  readonly rules: TermRules
}

/** Settings and compiled terms of a channel id. */
export type ChannelLookup = (channelId: string) => Channel

const compile = (settings: ChannelSettings): Channel => ({ settings, rules: compileTerms(settings.terms) })

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
