import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { isUnseen } from './characters.js'
import { type FilterText, overCount } from './filter.js'

export interface DrawingsSettings {
  /** Cells of a picture: chat shows about 30 in a row, so that 60 are two rows. */
  readonly cells: number
}

export const DEFAULT_DRAWINGS: DrawingsSettings = { cells: 40 }

/** Braille, box drawing, blocks and squares (also coloured), sextants. */
export const isDrawing = (codePoint: number): boolean =>
  (codePoint >= 0x2500 && codePoint <= 0x25a1) ||
  (codePoint >= 0x2800 && codePoint <= 0x28ff) ||
  codePoint === 0x2b1b ||
  codePoint === 0x2b1c ||
  (codePoint >= 0x1f7e5 && codePoint <= 0x1f7eb) ||
  (codePoint >= 0x1fb00 && codePoint <= 0x1fbaf)

const LINE_FEED = 0x0a
/** A rule across the page is one long run of one character; a picture changes. */
const MAX_RUN = 8
const STROKES = new Set(Array.from('\\/|_-=<>(){}[]#@%&*+:;.,\'"`^~$', (c) => c.codePointAt(0)))
const STROKE_SHARE = 0.75
const MIN_STROKE_KINDS = 4

interface Line {
  readonly drawing: number
  readonly strokes: number
  readonly shown: number
  readonly kinds: ReadonlySet<number>
}

const readLine = (line: FilterText): Line => {
  const kinds = new Set<number>()
  let drawing = 0
  let strokes = 0
  let shown = 0
  let run = 0
  let before = -1
  for (const codePoint of line) {
    run = codePoint === before ? run + 1 : 1
    before = codePoint
    if (isUnseen(codePoint)) continue
    if (isDrawing(codePoint)) {
      if (run <= MAX_RUN) drawing += 1
      continue
    }
    if (run > MAX_RUN) continue
    shown += 1
    if (!STROKES.has(codePoint)) continue
    strokes += 1
    kinds.add(codePoint)
  }
  return { drawing, strokes, shown, kinds }
}

const linesOf = (text: FilterText): readonly FilterText[] => {
  const lines: FilterText[] = []
  let start = 0
  for (let end = text.indexOf(LINE_FEED); end !== -1; end = text.indexOf(LINE_FEED, start)) {
    lines.push(text.slice(start, end))
    start = end + 1
  }
  return [...lines, text.slice(start)]
}

/**
 * Pictures of braille and blocks, and of ASCII strokes on lines that are little else. A platform may have
 * made one line of many.
 */
export const findDrawings = (text: FilterText, { cells }: DrawingsSettings): FilterEvidence | null => {
  if (text.length < cells) return null
  const lines = linesOf(text).map(readLine)
  const ascii = lines.filter(({ strokes, shown }) => strokes >= shown * STROKE_SHARE)
  const kinds = new Set(ascii.flatMap((line) => [...line.kinds]))
  const strokes = kinds.size < MIN_STROKE_KINDS ? 0 : ascii.reduce((sum, line) => sum + line.strokes, 0)
  return overCount(
    'drawings',
    lines.reduce((sum, line) => sum + line.drawing, strokes),
    cells,
  )
}
