import type { ExplainedTerm, ExplainedView, Explanation, Fired, RawPart } from '../explanation.js'
import type { Range } from '../text/mapped-text.js'
import { escapeUnsafe, padEnd, quoted } from './display-width.js'
import { type Paint, windowTable } from './explain-table.js'

const ANSI = { red: '31', green: '32', yellow: '33', grey: '90' } as const
const VERDICT_COLOURS = { clean: 'green', mild: 'yellow', flag: 'red' } as const
const CONTEXT = 10
const MAX_LISTED = 12

const at = ({ start, end }: Range): string => `${start}..${end}`

/** The first of a list, and how many more there are. */
const listed = (items: readonly string[]): readonly string[] =>
  items.length <= MAX_LISTED
    ? items
    : [...items.slice(0, MAX_LISTED), `and ${items.length - MAX_LISTED} more; --json has all`]

const viewLines = ({ name, text, judged, map, lost, tokens }: ExplainedView): readonly string[] => {
  const runs = map.map((run) => `${at(run)}<-${run.rawStart}..${run.rawEnd}`)
  const entries: readonly (readonly [label: string, items: readonly string[]])[] = [
    ['from', listed(runs)],
    ['lost', listed(lost.map((part) => `${at(part)} ${quoted(part.text)}`))],
    ['judged', judged === undefined ? [] : [quoted(judged)]],
    ['tokens', listed(tokens.map(({ piece }) => escapeUnsafe(piece)))],
  ]
  return [
    `  ${padEnd(name, 9)}  ${quoted(text)}`,
    ...entries
      .filter(([, items]) => items.length > 0)
      .map(([label, items]) => `${' '.repeat(13)}${padEnd(label, 6)}  ${items.join('  ')}`),
  ]
}

/** A part of the text with some of what stands around it. */
const inContext = (text: string, { start, end }: RawPart, paint: Paint): string => {
  const raw = Array.from(text)
  const before = raw.slice(Math.max(0, start - CONTEXT), start)
  const after = raw.slice(end, end + CONTEXT)
  const [left, middle, right] = [before, raw.slice(start, end), after].map((part) =>
    escapeUnsafe(part.join('')),
  )
  return `${start > CONTEXT ? '…' : ''}${left}${paint(`[${middle}]`, 'red')}${right}${end + CONTEXT < raw.length ? '…' : ''}`
}

const termLine = (verb: string, term: ExplainedTerm): string =>
  `  ${verb}  ${at(term)} ${quoted(term.text)} in the ${term.view} view: ${term.kind} ${quoted(term.term)} by ${escapeUnsafe(term.author)}`

const firedLine = ({ category, score, threshold, margin, window }: Fired): string => {
  const numbers = `  ${category} ${score.toFixed(3)}, threshold ${threshold.toFixed(3)}, margin +${margin.toFixed(3)}`
  if (window === undefined)
    return `${numbers}: ${category === 'abusive' ? 'a denied term is certain' : 'nothing was asked'}`
  return `${numbers}: ${window.view} view, ${window.part === 'whole' ? 'whole text' : 'words'} ${at(window)} ${quoted(window.text)}`
}

const firedLines = (explanation: Explanation, paint: Paint): readonly string[] => [
  ...(explanation.fired.length === 0 ? ['  nothing: no score reaches its threshold'] : []),
  ...explanation.fired.map(firedLine),
  ...listed(
    explanation.spans.map(
      (span) =>
        `  ${at(span)}  ${inContext(explanation.text, span, paint)}  ${span.category}, seen in the ${span.view} view`,
    ),
  ),
  ...listed(explanation.denied.map((term) => termLine('denied ', term))),
  ...listed(explanation.allowed.map((term) => termLine('allowed', term))),
  ...explanation.evidence.map(
    ({ filter, score, value, limit, detail }) =>
      `  filter ${filter}: score ${score}, value ${value}, limit ${limit}${detail === undefined ? '' : `, ${quoted(detail)}`}`,
  ),
]

/** What `haechi explain` shows to people; colours only when asked for. */
export const explanationText = (
  explanation: Explanation,
  { colours }: { readonly colours: boolean },
): string => {
  const paint: Paint = (text, colour) => (colours ? `\u001b[${ANSI[colour]}m${text}\u001b[0m` : text)
  const { text, verdict, views, versions, truncated, leftToUserWindow, windows } = explanation
  const scores = leftToUserWindow
    ? ["  none: one letter alone says nothing; the same user's next messages decide"]
    : windowTable(explanation, paint)
  return [
    `${paint(verdict, VERDICT_COLOURS[verdict])}  ${quoted(text)}`,
    ...(truncated ? ['only the beginning of it was judged'] : []),
    '',
    'views (code points of the view <- of the text)',
    ...views.flatMap(viewLines),
    '',
    'windows',
    ...(windows.length === 0 && !leftToUserWindow ? ['  none: there is nothing to score'] : scores),
    '',
    'fired',
    ...firedLines(explanation, paint),
    '',
    'versions',
    ...Object.entries(versions).map(([name, version]) => `  ${padEnd(name, 13)}  ${version}`),
  ].join('\n')
}
