import { isSpecial, SPECIAL } from '../text/special-tokens.js'
import type { Fragment } from './user-store.js'

const MAX_SYLLABLES = 3
const MAX_LETTERS = 4
const MAX_DIGITS = 2
const MAX_WINDOW = 8
const MAX_AGE_MS = 20_000

// Fillers are letters to Unicode but show nothing.
const CONTENT = /(?![\u115F\u1160\u3164\uFFA0])[\p{Script=Hangul}\p{Script=Latin}0-9]/gu
const DIGIT = /[0-9]/g
const SYLLABLE = /[가-힣]/g
/** One ㅇ, ㅎ or ㅜ may be spelling; ㅋ and more than one of the others are a reaction. */
const REACTION = /[ㅋㅎㅠㅜㅇ]{2,}|ㅋ/g

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0

/** Emotes and names may stand beside a fragment; what has a link, a phone number or a price is an ordinary message. */
const isOrdinary = (canonical: string): boolean =>
  Array.from(canonical, (character) => character.codePointAt(0) ?? 0).some(
    (codePoint) => isSpecial(codePoint) && codePoint !== SPECIAL.emote && codePoint !== SPECIAL.user,
  )

/**
 * The letters and digits of a message that may be a piece of a longer word (`시`, then `발`), of its canonical
 * view: at most 3 syllables, 4 with jamo and Latin letters, and 2 digits. Null for reactions and longer messages.
 */
export const fragmentText = (canonical: string): string | null => {
  if (isOrdinary(canonical)) return null
  const text = (canonical.match(CONTENT) ?? []).join('').replace(REACTION, '')
  const digits = count(text, DIGIT)
  const letters = [...text].length - digits
  const isShort = letters <= MAX_LETTERS && count(text, SYLLABLE) <= MAX_SYLLABLES && digits <= MAX_DIGITS
  return letters > 0 && isShort ? text : null
}

/** A message in the window that is ordinary or was part of a flag: nothing to join, but one of the eight. */
export const ORDINARY = ''

const isFragment = ({ text }: Fragment): boolean => text !== ORDINARY

const byTime = (a: Fragment, b: Fragment): number => a.sentAtMs - b.sentAtMs

/** The window with one more message: the last 8 within 20 s of event time, oldest first, each message once. */
export const addFragment = (window: readonly Fragment[], message: Fragment): readonly Fragment[] => {
  const all = [...window.filter((f) => f.messageId !== message.messageId), message].sort(byTime)
  const newestMs = all.at(-1)?.sentAtMs ?? message.sentAtMs
  return all.filter((f) => newestMs - f.sentAtMs <= MAX_AGE_MS).slice(-MAX_WINDOW)
}

/** The window after a flag: up to that message nothing is left to join, but its messages are known if they come again. */
export const forgetUntil = (window: readonly Fragment[], flagged: Fragment): readonly Fragment[] =>
  addFragment(window, flagged).map((f) => (f.sentAtMs <= flagged.sentAtMs ? { ...f, text: ORDINARY } : f))

/** The same user's fragments of the 20 s and 7 messages before `message`, oldest first. */
export const earlierFragments = (window: readonly Fragment[], message: Fragment): readonly Fragment[] =>
  window
    .filter((f) => f.messageId !== message.messageId)
    .filter((f) => f.sentAtMs <= message.sentAtMs && message.sentAtMs - f.sentAtMs <= MAX_AGE_MS)
    .sort(byTime)
    .slice(1 - MAX_WINDOW)
    .filter(isFragment)
