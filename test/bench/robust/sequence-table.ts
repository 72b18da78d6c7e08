import type { Figure } from '../report.js'
import type { Sequence } from './corpus.js'
import type { Haechi } from './haechi.js'
import type { Outcome, System } from './system.js'
import { printTable } from './table.js'
import { percent } from './trials.js'

/** `early`: before the abuse is complete, but not from the first message, which alone means nothing. */
type Result = 'at' | 'early' | 'first' | 'late' | 'never'

export const resultOf = (flags: readonly boolean[], flagAt: number): Result => {
  const at = flags.indexOf(true)
  if (at < 0) return 'never'
  if (flagAt >= 0 && at === flagAt) return 'at'
  if (at === 0) return 'first'
  return flagAt < 0 || at < flagAt ? 'early' : 'late'
}

const RESULTS: readonly Result[] = ['at', 'early', 'first', 'late', 'never']

interface JudgedSequence {
  readonly sequence: Sequence
  readonly result: Result
  readonly outcomes: readonly Outcome[]
}

/** What a filter without memory could do at best: judge all that the user said so far, joined without spaces. */
const joinedTexts = ({ messages }: Sequence): readonly string[] =>
  messages.map((message, index) =>
    messages
      .slice(0, index + 1)
      .filter(({ user }) => user === message.user)
      .map(({ text }) => text)
      .join(''),
  )

const judgeJoined = async (system: System, all: readonly Sequence[]): Promise<readonly JudgedSequence[]> => {
  const outcomes = await system.judge(all.flatMap(joinedTexts))
  return all.map((sequence) => {
    const own = joinedTexts(sequence).map((text) => outcomes.get(text) ?? { isFlagged: false, score: 0 })
    const flags = own.map(({ isFlagged }) => isFlagged)
    return { sequence, outcomes: own, result: resultOf(flags, sequence.flagAt) }
  })
}

const judgeWindowed = async (
  haechi: Haechi,
  all: readonly Sequence[],
): Promise<readonly JudgedSequence[]> => {
  const judged = await haechi.judgeSequences(all)
  return all.map((sequence, index) => {
    const outcomes = judged[index] ?? []
    const flags = outcomes.map(({ isFlagged }) => isFlagged)
    return { sequence, outcomes, result: resultOf(flags, sequence.flagAt) }
  })
}

const LABELS = ['abusive', 'benign', 'benign-cross'] as const

const rowsOf = (name: string, judged: readonly JudgedSequence[]) =>
  LABELS.map((label) => {
    const own = judged.filter(({ sequence }) => sequence.label === label)
    return [
      name,
      label,
      String(own.length),
      ...RESULTS.map((result) => String(own.filter((one) => one.result === result).length)),
    ]
  })

export interface SequenceReport {
  readonly figures: readonly Figure[]
  /** Sequences that were judged wrongly. */
  readonly wrong: readonly JudgedSequence[]
}

const isRight = ({ sequence, result }: JudgedSequence): boolean =>
  sequence.label === 'abusive' ? result === 'at' || result === 'early' : result === 'never'

/** Split messages through the same-user window; prints the table. */
export const benchSequences = async (
  haechi: Haechi,
  peers: readonly System[],
  all: readonly Sequence[],
): Promise<SequenceReport> => {
  const windowed = await judgeWindowed(haechi, all)
  const rows = rowsOf('haechi', windowed)
  for (const peer of peers) rows.push(...rowsOf(`${peer.name}, all joined`, await judgeJoined(peer, all)))
  printTable(
    'Sequences: where the first flag falls (at the message that completes the abuse, earlier, on the first, later)',
    ['system', 'label', 'sequences', ...RESULTS],
    rows,
  )
  const shareOf = (label: Sequence['label'], isCounted: (one: JudgedSequence) => boolean): number => {
    const own = windowed.filter(({ sequence }) => sequence.label === label)
    return percent(own.filter(isCounted).length, own.length)
  }
  const unit = '%'
  return {
    figures: [
      { name: 'robust.sequences_abusive', value: shareOf('abusive', isRight), unit, atLeast: 85 },
      {
        name: 'robust.sequences_first',
        value: shareOf('abusive', ({ result }) => result === 'first'),
        unit,
        note: 'flagged on the first fragment',
      },
      { name: 'robust.sequences_benign', value: shareOf('benign', (o) => !isRight(o)), unit, atMost: 3 },
      { name: 'robust.sequences_cross', value: shareOf('benign-cross', (o) => !isRight(o)), unit, atMost: 0 },
    ],
    wrong: windowed.filter((one) => !isRight(one)),
  }
}
