import { append, copy, type Draft, draftOf, endAt, type MappedText, startAt, textOf } from '../mapped-text.js'
import { cheapest } from './english-path.js'
import { MIN_GLUED, type Run, runsOf } from './english-runs.js'
import { SPACE } from './letters.js'
import { lengthOf } from './segments.js'

/** The places where the words of a run begin, without those that two words in one would be; as they are, undefined. */
const beginsOf = (text: MappedText, run: Run): ReadonlySet<number> | undefined => {
  const cheap = cheapest(text, run)
  const begins = new Set<number>()
  let isChanged = false
  let place = 0
  for (const word of run) {
    const end = place + lengthOf(word)
    const inner: number[] = []
    for (let at = place + 1; at < end; at += 1) if (cheap.has(at)) inner.push(at)
    const isFirst = cheap.has(place)
    const isGlued = inner.length + 1 >= MIN_GLUED.words && lengthOf(word) >= MIN_GLUED.letters
    const isParted = inner.length > 0 && (isGlued || !isFirst || !cheap.has(end))
    if (isFirst) begins.add(place)
    if (isParted) for (const at of inner) begins.add(at)
    isChanged ||= isParted || !isFirst
    place = end
  }
  return isChanged ? begins : undefined
}

/** Appends a run with its words beginning at `begins`. */
const respace = (draft: Draft, text: MappedText, run: Run, begins: ReadonlySet<number>): void => {
  let place = 0
  for (const word of run)
    for (let i = word.start; i < word.end; i += 1, place += 1) {
      const isFirst = place > 0 && begins.has(place)
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
    const begins = beginsOf(text, run)
    if (begins === undefined) continue
    draft ??= draftOf(text, 0)
    copy(draft, text, done, run[0]?.start ?? done)
    respace(draft, text, run, begins)
    done = run.at(-1)?.end ?? done
  }
  if (draft === undefined) return text
  copy(draft, text, done, text.codePoints.length)
  return textOf(draft)
}
