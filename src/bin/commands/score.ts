import { openScorer } from '../../app-scorer.js'
import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { EXIT, type ExitCode, UsageError } from '../../errors.js'
import type { Judgement } from '../../judging.js'
import type { Scorer } from '../../scoring.js'
import { LineSplitter } from '../../sources/file-source-lines.js'
import { createLogger } from '../../telemetry/logger.js'
import type { Command, CommandContext } from '../command.js'
import { tellPromoted } from '../promoted-notice.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags(['model', 'second-model', 'threads', 'data'])

/** Lines judged together: enough to fill batches, few enough to answer soon. */
const BLOCK_LINES = 512
/** Input is not from chat here, and every object with a text gets its verdict. */
const MAX_LINE_BYTES = 64 * 1024 * 1024

/** Standard input by chunks, until its end or the signal. */
async function* chunksOf(input: NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<Buffer> {
  signal.addEventListener('abort', () => input.destroy(), { once: true })
  try {
    for await (const chunk of input) yield Buffer.from(chunk)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function* blocksOf(signal: AbortSignal): AsyncGenerator<readonly Buffer[]> {
  const splitter = new LineSplitter(MAX_LINE_BYTES)
  for await (const chunk of chunksOf(process.stdin, signal)) {
    const lines = splitter.push(chunk)
    for (let start = 0; start < lines.length; start += BLOCK_LINES)
      yield lines.slice(start, start + BLOCK_LINES)
  }
  const last = splitter.end()
  if (last !== null) yield [last]
}

const write = (text: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(text, () => resolve())
  })

const scoreJsonl = async (scorer: Scorer, signal: AbortSignal): Promise<ExitCode> => {
  let nextLine = 1
  let errors = 0
  for await (const block of blocksOf(signal)) {
    if (signal.aborted) break
    const output = await scorer.jsonl(block, nextLine)
    nextLine += block.length
    errors += output.errors
    await write(`${output.lines.join('\n')}\n`)
  }
  if (errors > 0) process.stderr.write(`haechi: ${errors} of ${nextLine - 1} lines could not be scored\n`)
  return errors > 0 ? EXIT.data : EXIT.ok
}

const COLOURS = { clean: '32', mild: '33', flag: '31' } as const

const marked = ({ filter, score, value, limit }: FilterEvidence): string =>
  `    ${filter} filter ${score.toFixed(2)}: ${value}, limit ${limit}`

const show = (text: string, { verdict, scores, spans, evidence = [], versions }: Judgement): string => {
  const coloured = process.stdout.isTTY ? `\u001b[${COLOURS[verdict]}m${verdict}\u001b[0m` : verdict
  const points = [...text]
  const found = spans.map(
    ({ start, end, category, view }) =>
      `    ${start}..${end} ${JSON.stringify(points.slice(start, end).join(''))}: ${category}, seen in the ${view} view`,
  )
  const over = Object.entries(scores).filter(([, score]) => score >= 0.1)
  const listed = over.map(([category, score]) => `${category} ${score.toFixed(2)}`).join('  ')
  // Escape sequences in hostile text must not reach the terminal.
  const lines = [
    `${coloured}  ${JSON.stringify(text)}`,
    ...(listed === '' ? [] : [`    ${listed}`]),
    ...found,
    ...evidence.map(marked),
  ]
  return [...lines, `    ${versions.model}`].join('\n')
}

const scoreText = async (
  scorer: Scorer,
  text: string,
  id: string,
  { values, print }: CommandContext,
): Promise<void> => {
  const judgement = await scorer.text(text, id)
  const { verdict, scores, spans, evidence, versions } = judgement
  print(
    values.json === true
      ? JSON.stringify({ id, text, verdict, scores, spans, evidence, versions })
      : show(text, judgement),
  )
}

async function* textsOf({ positionals, signal }: CommandContext): AsyncGenerator<string> {
  if (positionals.length > 0) yield* positionals
  else
    for await (const block of blocksOf(signal))
      for (const line of block) yield line.toString('utf8').replace(/\r$/, '')
}

const run = async (context: CommandContext): Promise<ExitCode> => {
  const { values, positionals, signal } = context
  const isJsonl = values.jsonl === true
  if (isJsonl && positionals.length > 0)
    throw new UsageError('--jsonl reads standard input; leave the texts out')
  if (values.users === true && !isJsonl)
    throw new UsageError('--users needs --jsonl: lines with user, channel and sentAt')
  if (positionals.length === 0 && process.stdin.isTTY)
    throw new UsageError('nothing to score; give texts, or pipe lines in; see `haechi score --help`')
  const config = configOf(context)
  const scorer = await openScorer(config, { withUsers: values.users === true }, createLogger('warn', 'score'))
  try {
    tellPromoted(scorer.choice, config)
    if (isJsonl) return await scoreJsonl(scorer, signal)
    let count = 0
    for await (const text of textsOf(context)) {
      count += 1
      await scoreText(scorer, text, String(count), context)
    }
    return EXIT.ok
  } finally {
    await scorer.close()
  }
}

export const score: Command = {
  name: 'score',
  summary: 'judges texts from the command line or standard input',
  usage: '[TEXT ...] [options]',
  options: { ...settings.options, jsonl: { type: 'boolean' }, users: { type: 'boolean' } },
  help: [
    ...settings.help,
    [
      '--jsonl',
      'standard input has one JSON object a line: {"text", "id"?, "source"?, "user"?, "channel"?, "sentAt"?}',
    ],
    ['--users', "with --jsonl: join the same user's fragments, as a worker does"],
  ],
  examples: [
    "echo '시1발 뭐하냐' | haechi score --json",
    'haechi score "시발점부터 다시 보자" "you absolute donkey"',
    'haechi score --jsonl < lines.jsonl > verdicts.jsonl',
  ],
  takesPositionals: true,
  run,
}
