import { CATEGORIES, type Category } from '../domain/verdict.js'
import { type ExplainedWindow, type Explanation, marginOf } from '../explanation.js'
import { cutTo, padEnd, padStart, quoted } from './display-width.js'

/** Wraps a text in a colour, or not. */
export type Paint = (text: string, colour: 'red' | 'green' | 'yellow' | 'grey') => string

const TEXT_COLUMNS = 26
/** Rows for people; `--json` has all. */
const MAX_ROWS = 24

type Row = readonly string[]

const columnWidth = (category: Category): number => Math.max(category.length + 1, 7)

const row = ([view = '', part = '', by = '']: Row, text: string, cells: Row): string => {
  const left = `  ${padEnd(view, 9)}  ${padEnd(part, 5)}  ${padEnd(by, 7)}  ${padEnd(cutTo(text, TEXT_COLUMNS), TEXT_COLUMNS)}`
  const right = cells.map((cell, i) => padStart(cell, columnWidth(CATEGORIES[i] ?? 'abusive')))
  return `${left}  ${right.join('  ')}`.trimEnd()
}

const scored = (window: ExplainedWindow): string =>
  row(
    [window.view, window.part, window.decidedBy],
    quoted(window.text),
    CATEGORIES.map((c) => `${window.scores[c].toFixed(3)}${window.won.includes(c) ? '*' : ' '}`),
  )

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`

/** The rows that say most: winners, then by how abusive they are; in their own order. */
const shownOf = (windows: readonly ExplainedWindow[]): readonly ExplainedWindow[] => {
  const weight = (window: ExplainedWindow): number => window.won.length + window.scores.abusive
  const best = new Set(windows.toSorted((a, b) => weight(b) - weight(a)).slice(0, MAX_ROWS))
  return windows.filter((window) => best.has(window))
}

/** Each window that was scored, the thresholds and how far the highest scores are from them. */
export const windowTable = (
  { windows, scores, thresholds }: Pick<Explanation, 'windows' | 'scores' | 'thresholds'>,
  paint: Paint,
): readonly string[] => {
  const shown = shownOf(windows)
  const margins = CATEGORIES.map((c) => marginOf(scores[c], thresholds[c]))
  const limits = CATEGORIES.map((c) => `${thresholds[c].toFixed(3)} `)
  const isOver = (window: ExplainedWindow): boolean => window.scores.abusive >= thresholds.abusive
  const left = windows.length - shown.length
  return [
    row(
      ['view', 'part', 'by'],
      'window',
      CATEGORIES.map((c) => `${c} `),
    ),
    ...shown.map((window) => (isOver(window) ? paint(scored(window), 'red') : scored(window))),
    ...(left > 0 ? [`  and ${left} that score lower; --json has all`] : []),
    row(['threshold'], '', limits),
    row(
      ['margin'],
      '',
      margins.map((margin) => `${signed(margin)} `),
    ),
    paint('  * the highest of its column, which counts', 'grey'),
  ]
}
