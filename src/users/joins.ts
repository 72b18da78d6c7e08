import { earlierFragments } from './fragments.js'
import type { Fragment } from './user-store.js'

/** Longer than words worth spelling; seven lone letters and any fragment are never longer, nor are any two. */
const MAX_JOINED_LETTERS = 11

/** Fragments of one user as one word that the last message completes. */
export interface Join {
  readonly text: string
  /** The fragments before that message. */
  readonly from: readonly Fragment[]
  /** All of the word that is being spelled, when the text starts in its middle (`다`, then `시` `발`): a join too. */
  readonly within?: string
}

const isLatin = ({ text }: Fragment): boolean => /^[\p{Script=Latin}0-9]+$/u.test(text)
const lettersIn = (text: string): number => [...text.replace(/[0-9]/g, '')].length
const isLone = ({ text }: Fragment): boolean => lettersIn(text) === 1

const glue = (fragments: readonly Fragment[]): string => fragments.map(({ text }) => text).join('')

/** Where the letters that are spelled one by one up to `index` begin. */
const spellingStart = (fragments: readonly Fragment[], index: number): number =>
  fragments.slice(0, index).findLastIndex((fragment) => !isLone(fragment)) + 1

const joinFrom = (fragments: readonly Fragment[], start: number): Join => {
  const text = glue(fragments.slice(start))
  const from = fragments.slice(start, -1)
  const first = fragments[start]
  const spelled = first !== undefined && isLone(first) ? spellingStart(fragments, start) : start
  return spelled < start ? { text, from, within: glue(fragments.slice(spelled)) } : { text, from }
}

/** The last two, the last three, and so on. */
const endings = (earlier: readonly Fragment[], message: Fragment): readonly Join[] =>
  earlier.map((_, index) => joinFrom([...earlier, message], earlier.length - 1 - index))

/**
 * What a message may complete: its user's earlier fragments and itself, glued without spaces. Of all of them, of
 * those in its script (`씨` `lul` `발`), and for a lone letter of those that are lone letters too; shortest first,
 * each text once, at most 21 of at most 11 letters. None without an earlier fragment.
 */
export const joinsOf = (window: readonly Fragment[], message: Fragment): readonly Join[] => {
  const earlier = earlierFragments(window, message)
  const alike = earlier.filter((fragment) => isLatin(fragment) === isLatin(message))
  const lone = isLone(message) ? alike.filter(isLone) : []
  const joins = [earlier, alike, lone].flatMap((fragments) => endings(fragments, message))
  const byText = new Map<string, Join>()
  for (const join of joins)
    if (lettersIn(join.text) <= MAX_JOINED_LETTERS && !byText.has(join.text)) byText.set(join.text, join)
  return [...byText.values()]
}
