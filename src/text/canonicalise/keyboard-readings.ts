import {
  codePointAt,
  copy,
  createDraft,
  type MappedText,
  readsSame,
  slice,
  startAt,
  textOf,
} from '../mapped-text.js'
import { decodeEnglish } from './english-typed.js'
import { decodeKeyboard } from './keyboard.js'
import { SPACE } from './letters.js'

/** A text, and what the keys of its words type. */
interface Reading {
  readonly text: MappedText
  readonly typed: MappedText
}

/** Where in the original the spaces of `text` are. */
const spacesOf = (text: MappedText): ReadonlySet<number> =>
  new Set(text.starts.filter((_, i) => codePointAt(text, i) === SPACE))

/** The pieces of `text` between the spaces at `places` of the original; each but the last ends with its space. */
const cutAt = (text: MappedText, places: ReadonlySet<number>): readonly MappedText[] => {
  const pieces: MappedText[] = []
  let from = 0
  for (let i = 0; i <= text.codePoints.length; i += 1) {
    const isEnd = i === text.codePoints.length
    if (!isEnd && (codePointAt(text, i) !== SPACE || !places.has(startAt(text, i)))) continue
    pieces.push(slice(text, from, isEnd ? i : i + 1))
    from = i + 1
  }
  return pieces
}

/** What `joined` types, and `folded` where only that types something; `joined` has no spaces of its own. */
const combine = (folded: Reading, joined: Reading): MappedText => {
  const spaces = spacesOf(joined.text)
  const [words, typedWords, wholes, typedWholes] = [folded.text, folded.typed, joined.text, joined.typed].map(
    (text) => cutAt(text, spaces),
  )
  const draft = createDraft()
  for (const [i, whole] of wholes?.entries() ?? []) {
    const [typedWhole = whole, word, typedWord] = [typedWholes?.[i], words?.[i], typedWords?.[i]]
    const isTypedApart = readsSame(whole, typedWhole) && word && typedWord && !readsSame(word, typedWord)
    const chosen = isTypedApart ? typedWord : typedWhole
    copy(draft, chosen, 0, chosen.codePoints.length)
  }
  return textOf(draft)
}

/**
 * Words on the wrong keyboard, either way round, also those with marks between the keys: of the words as they
 * stand (`folded`) and without what separates their letters (`joined`). None when nothing was typed so.
 */
export const readKeys = (folded: MappedText, joined: MappedText): MappedText | undefined => {
  const apart = decodeEnglish(decodeKeyboard(folded))
  const typed = readsSame(folded, joined) ? joined : decodeKeyboard(joined)
  if (typed === joined) return apart === folded ? undefined : apart
  return apart === folded ? typed : combine({ text: folded, typed: apart }, { text: joined, typed })
}
