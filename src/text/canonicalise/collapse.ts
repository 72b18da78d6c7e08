import { codaOf, heldVowel, isOpen, isSyllable, isVowel, leadOf, vowelIndex, vowelOf } from '../hangul.js'
import { codePointAt, copy, createDraft, endAt, type MappedText, startAt } from '../mapped-text.js'
import { isFaceVowel } from './jamo-runs.js'

const SILENT_LEAD = 11
const MAX_RUN = 2

const isStretch = (codePoint: number, held: number): boolean =>
  isSyllable(codePoint)
    ? leadOf(codePoint) === SILENT_LEAD && vowelOf(codePoint) === held
    : isVowel(codePoint) && !isFaceVowel(codePoint) && vowelIndex(codePoint) === held

/** The end of the stretch that the open syllable at `i` begins, or `i + 1` when it is not stretched. */
const endOfStretch = (text: MappedText, i: number): number => {
  const syllable = codePointAt(text, i)
  if (!isOpen(syllable)) return i + 1
  const held = heldVowel(vowelOf(syllable))
  let end = i + 1
  let isTyped = false
  while (isStretch(codePointAt(text, end), held)) {
    isTyped ||= isVowel(codePointAt(text, end))
    end += 1
    if (!isVowel(codePointAt(text, end - 1)) && !isOpen(codePointAt(text, end - 1))) break
  }
  // 나아가다 and 거의 are words; 나아아 and 나ㅏ are not.
  return end - i > MAX_RUN || isTyped ? end : i + 1
}

const lastCoda = (text: MappedText, end: number): number => {
  const last = codePointAt(text, end - 1)
  return isSyllable(last) ? codaOf(last) : 0
}

const mergeStretches = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let i = 0
  while (i < n && endOfStretch(text, i) === i + 1) i += 1
  if (i === n) return text
  const draft = createDraft()
  copy(draft, text, 0, i)
  while (i < n) {
    const end = endOfStretch(text, i)
    if (end === i + 1) copy(draft, text, i, end)
    else {
      draft.codePoints.push(codePointAt(text, i) + lastCoda(text, end))
      draft.starts.push(startAt(text, i))
      draft.ends.push(endAt(text, end - 1))
    }
    i = end
  }
  return draft
}

const isThird = (text: MappedText, i: number): boolean => {
  const codePoint = codePointAt(text, i)
  return codePoint === codePointAt(text, i - 1) && codePoint === codePointAt(text, i - 2)
}

const shortenRuns = (text: MappedText): MappedText => {
  const n = text.codePoints.length
  let i = MAX_RUN
  while (i < n && !isThird(text, i)) i += 1
  if (i >= n) return text
  const draft = createDraft()
  copy(draft, text, 0, i)
  for (; i < n; i += 1) {
    const last = draft.ends.length - 1
    // What is left out still belongs to the last one kept: a span over it must cover the whole run.
    if (isThird(text, i)) draft.ends[last] = Math.max(draft.ends[last] ?? 0, endAt(text, i))
    else copy(draft, text, i, i + 1)
  }
  return draft
}

/** Held vowels become one syllable (시이이발 -> 시발), longer runs of one code point become two. */
export const collapseRuns = (text: MappedText): MappedText => shortenRuns(mergeStretches(text))
