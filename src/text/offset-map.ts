import { endAt, type MappedText, type Range, startAt } from './mapped-text.js'

/**
 * A run of a view, and the range of the original that it came from, all half-open in code points: either one to
 * one and in order (then both are equally long), or all of the run from all of the range.
 */
export interface MapRun extends Range {
  readonly rawStart: number
  readonly rawEnd: number
}

const isOneToOne = ({ start, end, rawStart, rawEnd }: MapRun): boolean => end - start === rawEnd - rawStart

/** The code points that came from one range. */
const blocksOf = (text: MappedText): readonly MapRun[] => {
  const blocks: MapRun[] = []
  for (let i = 0; i < text.codePoints.length; i += 1) {
    const next: MapRun = { start: i, end: i + 1, rawStart: startAt(text, i), rawEnd: endAt(text, i) }
    const last = blocks.at(-1)
    if (last?.rawStart === next.rawStart && last.rawEnd === next.rawEnd)
      blocks[blocks.length - 1] = { ...last, end: next.end }
    else blocks.push(next)
  }
  return blocks
}

/** The offset map of a view in as few runs as can be. */
export const runsOf = (text: MappedText): readonly MapRun[] => {
  const runs: MapRun[] = []
  for (const next of blocksOf(text)) {
    const last = runs.at(-1)
    if (last !== undefined && isOneToOne(last) && isOneToOne(next) && last.rawEnd === next.rawStart)
      runs[runs.length - 1] = { ...last, end: next.end, rawEnd: next.rawEnd }
    else runs.push(next)
  }
  return runs
}

/** The ranges of the original, `rawLength` code points long, that nothing in the view came from. */
export const lostRanges = (text: MappedText, rawLength: number): readonly Range[] => {
  const isKept = new Uint8Array(rawLength)
  for (let i = 0; i < text.codePoints.length; i += 1) isKept.fill(1, startAt(text, i), endAt(text, i))
  const lost: Range[] = []
  for (let start = 0; start < rawLength; ) {
    let end = start + 1
    while (end < rawLength && isKept[end] === isKept[start]) end += 1
    if (isKept[start] === 0) lost.push({ start, end })
    start = end
  }
  return lost
}
