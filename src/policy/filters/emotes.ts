import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { SPECIAL } from '../../text/special-tokens.js'
import { isEmoji } from './characters.js'
import { type FilterText, overShare } from './filter.js'

export interface EmotesSettings {
  /** Emotes and emoji that a line must have. */
  readonly minEmotes: number
  /** Of emotes, emoji and words together. */
  readonly share: number
}

export const DEFAULT_EMOTES: EmotesSettings = { minEmotes: 12, share: 0.8 }

const EMOTE = String.fromCodePoint(SPECIAL.emote)
const SEQUENCE =
  '\\p{Regional_Indicator}{2}|\\p{Extended_Pictographic}(?:[\\uFE0F\\u{1F3FB}-\\u{1F3FF}]|\\u200D\\p{Extended_Pictographic})*'
const EMOTES = new RegExp(`${EMOTE}|${SEQUENCE}`, 'gu')
const WORDS = /[\p{L}\p{N}]+/gu

/** Emotes by the source's positions, and emoji by sequence: a family of four is one. */
export const findEmotes = (text: FilterText, { minEmotes, share }: EmotesSettings): FilterEvidence | null => {
  if (text.filter((codePoint) => codePoint === SPECIAL.emote || isEmoji(codePoint)).length < minEmotes)
    return null
  const characters = text.map((codePoint) => String.fromCodePoint(codePoint)).join('')
  const emotes = characters.match(EMOTES)?.length ?? 0
  if (emotes < minEmotes) return null
  const words = characters.match(WORDS)?.length ?? 0
  return overShare('emotes', emotes / (emotes + words), share)
}
