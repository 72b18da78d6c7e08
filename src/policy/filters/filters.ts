import type { FilterEvidence } from '../../domain/filter-evidence.js'
import type { Message } from '../../domain/message.js'
import { type CapsSettings, findCaps } from './caps.js'
import { type DrawingsSettings, findDrawings } from './drawings.js'
import { type EmotesSettings, findEmotes } from './emotes.js'
import { type RecentMessage, readText } from './filter.js'
import { type FloodSettings, findFlood } from './flood.js'
import { findLinks, type LinksSettings } from './links.js'
import { findRepetition, fingerprintOf, type RepetitionSettings, spokenOf } from './repetition.js'
import { findSymbols, type SymbolsSettings } from './symbols.js'
import { findZalgo, type ZalgoSettings } from './zalgo.js'

/** Absent or undefined is off. */
export interface FilterSettings {
  readonly flood?: FloodSettings | undefined
  readonly repetition?: RepetitionSettings | undefined
  readonly caps?: CapsSettings | undefined
  readonly symbols?: SymbolsSettings | undefined
  readonly zalgo?: ZalgoSettings | undefined
  readonly emotes?: EmotesSettings | undefined
  readonly links?: LinksSettings | undefined
  readonly drawings?: DrawingsSettings | undefined
}

/** Remembers the message and gives the same user's messages that came before it, in any order. */
export type Recall = (message: Message, as: RecentMessage) => readonly RecentMessage[]

const NOTHING: readonly FilterEvidence[] = []

export const hasFilters = (settings: FilterSettings): boolean =>
  Object.values(settings).some((filter) => filter !== undefined)

/** What the channel's filters find in a message. Pure but for `recall`, which only flood and repetition need. */
export const runFilters = (
  message: Message,
  settings: FilterSettings,
  recall: Recall,
): readonly FilterEvidence[] => {
  if (!hasFilters(settings)) return NOTHING
  const { flood, repetition, caps, symbols, zalgo, emotes, links, drawings } = settings
  const text = readText(message)
  const spoken = repetition ? spokenOf(text) : []
  const sent = { sentAtMs: message.sentAtMs, fingerprint: fingerprintOf(spoken) }
  const recent = flood || repetition ? recall(message, sent) : []
  return [
    flood && findFlood(sent, recent, flood),
    repetition && findRepetition(text, spoken, sent, recent, repetition),
    caps && findCaps(text, caps),
    symbols && findSymbols(text, symbols),
    zalgo && findZalgo(text, zalgo),
    emotes && findEmotes(text, emotes),
    links && findLinks(message, links),
    drawings && findDrawings(text, drawings),
  ].filter((found) => found !== undefined && found !== null)
}
