import {
  codePointAt,
  copy,
  createDraft,
  type MappedText,
  type Range,
  rawRange,
  readsSame,
  startAt,
  textOf,
} from '../mapped-text.js'
import { decodeEnglish } from './english-typed.js'
import { decodeKeyboard } from './keyboard.js'
import { SPACE } from './letters.js'
import { lengthOf } from './segments.js'

/** A text, and what the keys of its words type: the same object when they type nothing. */
export interface TypedText {
  readonly text: MappedText
  readonly typed: MappedText
}

const NOTHING: Range = { start: 0, end: 0 }

/** 1 where in the original `text` has a space. */
const spacesOf = (text: MappedText): Uint8Array => {
  const places = new Uint8Array(rawRange(text).end)
  for (let i = 0; i < text.codePoints.length; i += 1)
    if (codePointAt(text, i) === SPACE) places[startAt(text, i)] = 1
  return places
}

/** The pieces of `text` between the spaces at `places` of the original; each but the last ends with its space. */
const cutAt = (text: MappedText, places: Uint8Array): readonly Range[] => {
  const pieces: Range[] = []
  const end = text.codePoints.length
  let start = 0
  for (let i = 0; i < end; i += 1) {
    if (codePointAt(text, i) !== SPACE || places[startAt(text, i)] !== 1) continue
    pieces.push({ start, end: i + 1 })
    start = i + 1
  }
  return [...pieces, { start, end }]
}

/** True when keys were read in `piece` of the text, which is `typedPiece` of what they type. */
const isTyped = ({ text, typed }: TypedText, piece: Range, typedPiece: Range): boolean => {
  if (lengthOf(piece) !== lengthOf(typedPiece)) return true
  for (let i = 0; i < lengthOf(piece); i += 1)
    if (codePointAt(text, piece.start + i) !== codePointAt(typed, typedPiece.start + i)) return true
  return false
}

/** What `joined` types, and `folded` where only that types something; `joined` has no spaces of its own. */
const combine = (folded: TypedText, joined: TypedText): MappedText => {
  const spaces = spacesOf(joined.text)
  const piecesOf = ({ text, typed }: TypedText) => {
    // Keys type no spaces, so that both have the same.
    const typedPieces = cutAt(typed, spaces)
    return cutAt(text, spaces).map((piece, i) => ({ piece, typed: typedPieces[i] ?? NOTHING }))
  }
  const words = piecesOf(folded)
  const draft = createDraft()
  for (const [i, whole] of piecesOf(joined).entries()) {
    const word = words[i]
    const isTypedApart =
      word !== undefined &&
      !isTyped(joined, whole.piece, whole.typed) &&
      isTyped(folded, word.piece, word.typed)
    if (isTypedApart) copy(draft, folded.typed, word.typed.start, word.typed.end)
    else copy(draft, joined.typed, whole.typed.start, whole.typed.end)
  }
  return textOf(draft)
}

/**
 * Words on the wrong keyboard, either way round, also those with marks between the keys: of the words as they
 * stand (`folded`) and without what separates their letters (`joined`). None when nothing was typed so.
 */
export const readKeys = (folded: MappedText, joined: TypedText): MappedText | undefined => {
  const apart = decodeEnglish(decodeKeyboard(folded))
  if (joined.typed === joined.text || readsSame(folded, joined.text))
    return apart === folded ? undefined : apart
  if (apart === folded) return joined.typed
  return combine({ text: folded, typed: apart }, joined)
}
