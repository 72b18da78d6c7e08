import { writeFileSync } from 'node:fs'
import type { Measured } from './measure.js'
import type { SequenceReport } from './sequence-table.js'
import { isFlagged, type Judged, type Trials } from './trials.js'

type Row = readonly string[]

const scoreOf = ({ outcomes }: Judged, text: string): string => (outcomes.get(text)?.score ?? 0).toFixed(3)

const attackRows =
  (haechi: Judged, kind: string, isWrong: (cleanFlagged: boolean, flagged: boolean) => boolean) =>
  ({ attack, pool, attempts }: Trials): readonly Row[] =>
    attempts
      .filter(({ line, text }) => isWrong(isFlagged(haechi, line.text), isFlagged(haechi, text)))
      .map(({ line, text }) => [
        kind,
        `${attack.name}, ${pool}`,
        line.group,
        scoreOf(haechi, text),
        text,
        scoreOf(haechi, line.text),
        line.text,
      ])

const languageRows = (measured: Measured, haechi: Judged): readonly Row[] => {
  const { language, abusive, innocent, attacks, mix, padding, neutral } = measured
  const missed = attackRows(haechi, `${language} missed`, (clean, attacked) => clean && !attacked)
  const newlyFlagged = attackRows(haechi, `${language} false`, (_, attacked) => attacked)
  const clean = (kind: string, lines: Measured['abusive'], isWanted: boolean): readonly Row[] =>
    lines
      .filter(({ text }) => isFlagged(haechi, text) !== isWanted)
      .map(({ group, text }) => [
        `${language} ${kind}`,
        'as it is',
        group,
        scoreOf(haechi, text),
        text,
        '',
        '',
      ])
  return [
    ...clean('missed', abusive, true),
    ...clean('false', innocent, false),
    ...[...attacks, mix, ...padding].flatMap(missed),
    ...neutral.flatMap(newlyFlagged),
  ]
}

const sequenceRows = ({ wrong }: SequenceReport): readonly Row[] =>
  wrong.map(({ sequence, result, outcomes }) => [
    `sequence ${sequence.label}`,
    result,
    `flag at ${sequence.flagAt + 1}`,
    outcomes.map(({ score }) => score.toFixed(2)).join(' '),
    sequence.messages.map(({ user, text }) => `${user}:${text}`).join(' / '),
    '',
    '',
  ])

const HEAD: Row = ['kind', 'attack', 'group', 'score', 'text', 'score as it is', 'line as it is']

/** What Haechi missed and what it flagged wrongly, as tab-separated values; texts as JSON strings. */
export const writeFailures = (
  path: string,
  languages: readonly (readonly [Measured, Judged])[],
  sequences: SequenceReport,
): void => {
  const rows = [
    ...languages.flatMap(([measured, haechi]) => languageRows(measured, haechi)),
    ...sequenceRows(sequences),
  ].map((row) => row.map((cell) => (/[\t\r\n]/.test(cell) ? JSON.stringify(cell) : cell)))
  writeFileSync(path, `${[HEAD, ...rows].map((row) => row.join('\t')).join('\n')}\n`)
}
