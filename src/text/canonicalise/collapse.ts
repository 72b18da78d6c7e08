import { cut, edited, editOf } from '../edit.js'
import { codePointAt, endAt, extendLast, type MappedText, startAt } from '../mapped-text.js'
import { MIN_STRETCH, mergeStretches } from './stretch.js'

const MAX_RUN = 2

const isThird = ({ codePoints }: MappedText, i: number): boolean =>
  codePoints[i] === codePoints[i - 1] && codePoints[i] === codePoints[i - 2]

const shortenRuns = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = MAX_RUN; i < text.codePoints.length; i += 1)
    // What is left out still belongs to the last one kept: a span over it must cover the whole run.
    if (isThird(text, i))
      extendLast(cut(edit, i, i + 1), codePointAt(text, i), startAt(text, i), endAt(text, i))
  return edited(edit)
}

/** Held vowels become one syllable (시이이발 -> 시발), longer runs of one code point become two. */
export const collapseRuns = (text: MappedText): MappedText => shortenRuns(mergeStretches(text, MIN_STRETCH))
