import { cut, type Edit, edited, editOf } from '../edit.js'
import { append, endAt, type MappedText, startAt } from '../mapped-text.js'
import { cheapest } from './english-path.js'
import { MIN_GLUED, type Run, runsOf } from './english-runs.js'
import { SPACE } from './letters.js'
import { lengthOf } from './segments.js'

/**
 * Leaves in `begins` (1 where a word of a run begins, by place among its letters) no places that would make two words of
 * one; false when no word begins elsewhere than it does in the text.
 */
const keepGlued = (run: Run, begins: Uint8Array): boolean => {
  let isChanged = false
  let place = 0
  for (const word of run) {
    const end = place + lengthOf(word)
    let inner = 0
    for (let at = place + 1; at < end; at += 1) inner += begins[at] ?? 0
    const isFirst = begins[place] === 1
    const isGlued = inner + 1 >= MIN_GLUED.words && lengthOf(word) >= MIN_GLUED.letters
    const isParted = inner > 0 && (isGlued || !isFirst || begins[end] !== 1)
    if (!isParted) begins.fill(0, place + 1, end)
    isChanged ||= isParted || !isFirst
    place = end
  }
  return isChanged
}

/** Puts the spaces of a run where its words begin. */
const respace = (edit: Edit, text: MappedText, run: Run, begins: Uint8Array): void => {
  let place = 0
  for (const word of run)
    for (let i = word.start; i < word.end; i += 1, place += 1) {
      if (place === 0) continue
      const [isSpaced, isFirst] = [i === word.start, begins[place] === 1]
      if (isSpaced && !isFirst) cut(edit, i - 1, i)
      if (isFirst && !isSpaced) append(cut(edit, i, i), SPACE, startAt(text, i - 1), endAt(text, i - 1))
    }
}

/**
 * English words of which the spaces are elsewhere (id iot, youareidiots, and shutupyou from letters one by one), spaced
 * as they are most likely meant: a shortest path over known words by their rank.
 */
export const respaceEnglish = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (const run of runsOf(text)) {
    const begins = cheapest(text, run)
    if (keepGlued(run, begins)) respace(edit, text, run, begins)
  }
  return edited(edit)
}
