import { append, copy, type Draft, draftOf, endAt, type MappedText, startAt, textOf } from '../mapped-text.js'
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

/** Appends a run with its words beginning at `begins`. */
const respace = (draft: Draft, text: MappedText, run: Run, begins: Uint8Array): void => {
  let place = 0
  for (const word of run)
    for (let i = word.start; i < word.end; i += 1, place += 1) {
      const isFirst = place > 0 && begins[place] === 1
      // The space that was there, or one that was not.
      if (isFirst && i === word.start) copy(draft, text, i - 1, i)
      else if (isFirst) append(draft, SPACE, startAt(text, i - 1), endAt(text, i - 1))
      copy(draft, text, i, i + 1)
    }
}

/**
 * English words of which the spaces are elsewhere (id iot, youareidiots, and shutupyou from letters one by one), spaced
 * as they are most likely meant: a shortest path over known words by their rank.
 */
export const respaceEnglish = (text: MappedText): MappedText => {
  let draft: Draft | undefined
  let done = 0
  for (const run of runsOf(text)) {
    const begins = cheapest(text, run)
    if (!keepGlued(run, begins)) continue
    draft ??= draftOf(text, 0)
    copy(draft, text, done, run[0]?.start ?? done)
    respace(draft, text, run, begins)
    done = run.at(-1)?.end ?? done
  }
  if (draft === undefined) return text
  copy(draft, text, done, text.codePoints.length)
  return textOf(draft)
}
