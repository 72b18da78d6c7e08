import {
  codePointAt,
  copy,
  draftOf,
  endAt,
  extendLast,
  type MappedText,
  startAt,
  textOf,
} from '../mapped-text.js'
import { MIN_STRETCH, mergeStretches } from './stretch.js'

const MAX_RUN = 2

const isThird = ({ codePoints }: MappedText, i: number): boolean =>
  codePoints[i] === codePoints[i - 1] && codePoints[i] === codePoints[i - 2]

const shortenRuns = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let i = MAX_RUN
  while (i < n && !isThird(text, i)) i += 1
  if (i >= n) return text
  const draft = draftOf(text, i)
  for (; i < n; i += 1) {
    // What is left out still belongs to the last one kept: a span over it must cover the whole run.
    if (isThird(text, i)) extendLast(draft, codePointAt(text, i), startAt(text, i), endAt(text, i))
    else copy(draft, text, i, i + 1)
  }
  return textOf(draft)
}

/** Held vowels become one syllable (시이이발 -> 시발), longer runs of one code point become two. */
export const collapseRuns = (text: MappedText): MappedText => shortenRuns(mergeStretches(text, MIN_STRETCH))
