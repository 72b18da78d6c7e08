import { cut, type Edit, edited, editOf } from '../edit.js'
import { codePointAt, type MappedText, replace } from '../mapped-text.js'
import { isLatin, setOf } from './letters.js'

/** A word of fewer different letters in a row (aabb) says little. */
const MIN_RUNS = 3
/** Longer runs are letters that are held, which others squeeze. */
const DOUBLED = 2
const TWICE_DOUBLED = 4
/** What English words have twice. */
const DOUBLE_LETTERS = setOf('bcdefglmnoprstz')
const TO_LOWER = 0x20

const lower = (latin: number): number => latin | TO_LOWER

const endOfRun = (text: MappedText, from: number): number => {
  let end = from + 1
  while (lower(codePointAt(text, end)) === lower(codePointAt(text, from)) && isLatin(codePointAt(text, end)))
    end += 1
  return end
}

interface Word {
  readonly end: number
  /** Letters that differ from the one before them. */
  readonly runs: number
  /** How often each letter is written at least: once in nearly all words. */
  readonly times: number
}

const readWord = (text: MappedText, from: number): Word => {
  let [end, runs, times] = [from, 0, Number.POSITIVE_INFINITY]
  while (isLatin(codePointAt(text, end))) {
    const next = endOfRun(text, end)
    times = Math.min(times, next - end)
    runs += 1
    end = next
  }
  return { end, runs, times }
}

const halve = (edit: Edit, text: MappedText, from: number, end: number): void => {
  for (let i = from; i < end; ) {
    const next = endOfRun(text, i)
    const letter = codePointAt(text, i)
    const draft = cut(edit, i, next)
    // ssss in uusseelleessss is ss.
    if (next - i === TWICE_DOUBLED && DOUBLE_LETTERS.has(lower(letter))) {
      replace(draft, text, letter, i, i + DOUBLED)
      replace(draft, text, letter, i + DOUBLED, next)
    } else replace(draft, text, letter, i, next)
    i = next
  }
}

/** Latin words of which every letter is written twice or more (ffuucckk, FfUuCcKk) have each as often as it is spelled. */
export const halveDoubled = (text: MappedText): MappedText => {
  const edit = editOf(text)
  for (let i = 0; i < text.codePoints.length; ) {
    if (!isLatin(codePointAt(text, i))) {
      i += 1
      continue
    }
    const { end, runs, times } = readWord(text, i)
    if (runs >= MIN_RUNS && times === DOUBLED) halve(edit, text, i, end)
    i = end
  }
  return edited(edit)
}
