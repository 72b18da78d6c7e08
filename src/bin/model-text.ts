import type { Verification } from '../app-model-check.js'
import type { ListedModel, ModelList } from '../app-model-list.js'
import type { Change } from '../app-models.js'
import type { ChosenBy, SecondChosenBy } from '../model/model-choice.js'
import { displayWidth, escapeUnsafe, padEnd, padStart } from './display-width.js'

type Paint = (text: string, colour: 'red' | 'green' | 'grey') => string
type Row = readonly string[]

const ANSI = { red: '31', green: '32', grey: '90' } as const
const RECENT = 5
/** Columns of figures, which stand to the right. */
const FIGURES = new Set([2, 6, 7, 8])
const HEAD: Row = ['', 'model', 'size', 'fits', 'precision', 'licence', 'AP', 'F1', 'raw flags', 'folder']

const BECAUSE = {
  '--model': '--model names it',
  HAECHI_MODEL: 'HAECHI_MODEL names it',
  configuration: 'model.path in the configuration names it',
  promoted: 'it was promoted',
  shipped: 'nothing is promoted, and no setting names another',
} as const satisfies Record<ChosenBy, string>

const SECOND_BECAUSE = {
  '--second-model': '--second-model names it',
  HAECHI_SECOND_MODEL: 'HAECHI_SECOND_MODEL names it',
  configuration: 'model.second in the configuration names it',
  shipped: 'no setting names another',
} as const satisfies Record<SecondChosenBy, string>

/** Colours only where they are wanted: on a terminal. */
export const painter =
  (hasColours: boolean): Paint =>
  (text, colour) =>
    hasColours ? `\u001b[${ANSI[colour]}m${text}\u001b[0m` : text

const figure = (value: number | undefined): string => value?.toFixed(3) ?? '-'

const markOf = ({ current, second, previous }: ListedModel): string =>
  current ? '*' : second ? '+' : previous ? '<' : ''

const cellsOf = (model: ListedModel): Row => [
  markOf(model),
  model.id === undefined ? '?' : `${model.id}@${model.version}`,
  model.bytes === undefined ? '-' : `${(model.bytes / 1e6).toFixed(1)} MB`,
  model.fits ? 'yes' : 'no',
  escapeUnsafe(model.precision ?? '-'),
  escapeUnsafe(model.licence ?? '-'),
  figure(model.metrics?.averagePrecision),
  figure(model.metrics?.f1),
  model.metrics?.flagRate === undefined ? '-' : `${(model.metrics.flagRate * 100).toFixed(2)} %`,
  escapeUnsafe(model.folder),
]

const tableOf = (rows: readonly Row[]): readonly string[] => {
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => displayWidth(row[i] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, i) => (FIGURES.has(i) ? padStart : padEnd)(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `     ${escapeUnsafe(line.trim())}`)
    .join('\n')

/** `id@version`, or the folder where that is not known. */
const nameOf = ({ id, version }: Partial<ListedModel>, folder: string): string =>
  id === undefined ? escapeUnsafe(folder) : `${id}@${version}`

const chosen = ({ current, problem, models }: ModelList): string => {
  if (current === undefined) return `no worker can start: ${problem ?? 'no model is chosen'}`
  const name = nameOf(models.find((model) => model.current) ?? {}, current.folder)
  return `* ${name} is what a worker loads here: ${BECAUSE[current.by]}`
}

const askedAfter = ({ second, models }: ModelList): readonly string[] => {
  if (second === undefined) return []
  const name = nameOf(models.find((model) => model.second) ?? {}, second.folder)
  return [`+ ${name} is asked what that one leaves in doubt: ${SECOND_BECAUSE[second.by]}`]
}

const goesTo = (models: readonly ListedModel[]): readonly string[] => {
  const previous = models.find((model) => model.previous)
  if (previous === undefined) return []
  return [`< ${nameOf(previous, previous.folder)} is what \`haechi model rollback\` goes to`]
}

/** The list for people: a table, what is current and why, and what was promoted last. */
export const listText = (list: ModelList, paint: Paint): string => {
  const { models, places, promotions, problem } = list
  const [head = '', ...rows] = tableOf([HEAD, ...models.map(cellsOf)])
  const lines = models.flatMap((model, i) => [
    model.current ? paint(rows[i] ?? '', 'green') : (rows[i] ?? ''),
    ...(model.problem === undefined ? [] : [paint(indented(model.problem), 'red')]),
  ])
  const recent = promotions.slice(-RECENT).map(({ id, version, promotedAt, rolledBackAt }) => {
    const back = rolledBackAt === undefined ? '' : `, rolled back ${rolledBackAt}`
    return `  ${promotedAt}  ${id}@${version}${back}`
  })
  return [
    head,
    ...lines,
    '',
    chosen(list),
    ...askedAfter(list),
    ...goesTo(models),
    ...(problem === undefined || list.current === undefined ? [] : [paint(problem, 'red')]),
    ...places.map(({ kind, folder, exists }) =>
      paint(
        `  ${kind === 'own' ? 'your own models' : 'models that ship'}: ${escapeUnsafe(folder)}${exists ? '' : ' (not there)'}`,
        'grey',
      ),
    ),
    ...(recent.length === 0 ? [] : ['promoted', ...recent]),
  ].join('\n')
}

const onOneLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join(' ')

const STATUS = { ok: 'green', failure: 'red', skipped: 'grey' } as const

/** Each check on a line, then the answer. */
export const verificationText = ({ healthy, folder, findings }: Verification, paint: Paint): string => {
  const width = Math.max(...findings.map(({ name }) => name.length))
  const lines = findings.map(
    ({ name, status, detail }) =>
      `${paint(status.padEnd(7), STATUS[status])}  ${escapeUnsafe(name).padEnd(width)}  ${escapeUnsafe(onOneLine(detail))}`,
  )
  const answer = healthy ? paint('can be used', 'green') : paint('cannot be used', 'red')
  return [...lines, `${escapeUnsafe(folder)} ${answer}`].join('\n')
}

/** What a promotion or rollback has done, and what still stands in its way. */
export const changeText = ({
  model,
  folder,
  by,
  changed,
  replaced,
  overriddenBy,
  unfitSecond,
}: Change): string => {
  const done = changed
    ? `workers load ${model} when they start next (before: ${replaced ?? 'the model that ships'}); restart those that run`
    : `${model} is what workers load already`
  return [
    done,
    `  ${escapeUnsafe(folder)}${by === 'shipped' ? ' (the model that ships; nothing is promoted now)' : ''}`,
    ...(overriddenBy === undefined
      ? []
      : [`  but ${overriddenBy} names a model here, which wins: workers with the same setting keep to it`]),
    ...(unfitSecond === undefined
      ? []
      : [
          `  but workers with the second model that is set here will not start: ${escapeUnsafe(unfitSecond)}`,
        ]),
  ].join('\n')
}
