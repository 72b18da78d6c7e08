import type { Fragment } from './user-store.js'

const MAX_CONTENT = 4
const MAX_WINDOW = 8
const MAX_AGE_MS = 20_000

// Fillers are letters to Unicode but show nothing.
const CONTENT = /(?![\u115F\u1160\u3164\uFFA0])[\p{Script=Hangul}\p{Script=Latin}]/gu
const LAUGHTER = /^[ㅋㅎㅠㅜㅇ]+$/u
/** Special tokens are private-use code points in a view. */
const SPECIAL_TOKEN = /\p{Private_Use}/u

/**
 * The letters of a message that may be a piece of a longer word (`시`, then `발`): 1 to 4 Hangul, jamo or
 * Latin code points of its canonical view. Null for laughter, longer messages and those with special tokens.
 */
export const fragmentText = (canonical: string): string | null => {
  if (SPECIAL_TOKEN.test(canonical)) return null
  const letters = canonical.match(CONTENT) ?? []
  const text = letters.join('')
  return letters.length === 0 || letters.length > MAX_CONTENT || LAUGHTER.test(text) ? null : text
}

const byTime = (a: Fragment, b: Fragment): number => a.sentAtMs - b.sentAtMs

/** The window with one more fragment: the last 8 within 20 s of event time, oldest first, each message once. */
export const addFragment = (window: readonly Fragment[], fragment: Fragment): readonly Fragment[] => {
  const all = [...window.filter((f) => f.messageId !== fragment.messageId), fragment].sort(byTime)
  const newestMs = all.at(-1)?.sentAtMs ?? fragment.sentAtMs
  return all.filter((f) => newestMs - f.sentAtMs <= MAX_AGE_MS).slice(-MAX_WINDOW)
}

/** The same user's fragments of the 20 s before `message`, oldest first. */
export const earlierFragments = (window: readonly Fragment[], message: Fragment): readonly Fragment[] =>
  window
    .filter((f) => f.messageId !== message.messageId)
    .filter((f) => f.sentAtMs <= message.sentAtMs && message.sentAtMs - f.sentAtMs <= MAX_AGE_MS)
    .sort(byTime)
    .slice(1 - MAX_WINDOW)

/** The earlier fragments and this one as one word, to be scored again; null when there is nothing to join. */
export const joinFragments = (window: readonly Fragment[], message: Fragment): string | null => {
  const earlier = earlierFragments(window, message)
  return earlier.length === 0 ? null : [...earlier, message].map((f) => f.text).join('')
}
