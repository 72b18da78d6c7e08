import { type EmbeddedSource, startEmbedded } from '../../app.js'
import type { Config } from '../../config-schema.js'
import { type ExitCode, UsageError } from '../../errors.js'
import { createLogger } from '../../telemetry/logger.js'
import type { Command, CommandContext } from '../command.js'
import { serve } from '../service.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags([
  'twitch',
  'model',
  'second-model',
  'threads',
  'host',
  'port',
  'metrics-port',
  'data',
  'log-level',
])

const numberOf = (
  { values }: CommandContext,
  flag: 'seed' | 'rate',
  fallback: number,
  [least, most]: readonly [number, number],
): number => {
  const value = values[flag]
  if (value === undefined) return fallback
  const given = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (given >= least && given <= most) return given
  throw new UsageError(`--${flag} must be a number from ${least} to ${most}`)
}

const demoOf = (context: CommandContext): EmbeddedSource => ({
  kind: 'demo',
  seed: numberOf(context, 'seed', 1, [0, 2 ** 32 - 1]),
  ratePerSecond: numberOf(context, 'rate', 10, [0.1, 10_000]),
})

/** What is read: exactly one of the demo, a channel, a file or standard input; the demo when none is named. */
const sourceOf = (context: CommandContext, config: Config): EmbeddedSource => {
  const { values } = context
  const asked = ['demo', 'twitch', 'file', 'stdin'].filter((name) => values[name] !== undefined)
  if (asked.length > 1) throw new UsageError(`--${asked.join(' and --')} exclude each other; choose one`)
  if (typeof values.file === 'string') return { kind: 'file', path: values.file }
  if (values.stdin === true) return { kind: 'stdin' }
  if (values.demo !== true && config.twitch.channels.length > 0) return { kind: 'twitch' }
  return demoOf(context)
}

const run = async (context: CommandContext): Promise<ExitCode> => {
  const config = configOf(context)
  const source = sourceOf(context, config)
  // JSON on a streamer's terminal is noise: only what needs attention is shown.
  const level =
    context.values['log-level'] === undefined && config.log.level === 'info' ? 'warn' : config.log.level
  return serve(await startEmbedded(config, source, createLogger(level, 'up'), context.signal), context)
}

export const up: Command = {
  name: 'up',
  summary: 'everything in one process, without servers: reads, judges, shows the page',
  usage: '[--demo | --twitch CHANNEL | --file FILE | --stdin] [options]',
  options: {
    ...settings.options,
    demo: { type: 'boolean' },
    file: { type: 'string' },
    stdin: { type: 'boolean' },
    seed: { type: 'string' },
    rate: { type: 'string' },
  },
  help: [
    ['--demo', 'a made-up stream (when nothing else is named)'],
    ['--file FILE', 'JSON lines in the envelope'],
    ['--stdin', 'the same from standard input'],
    ['--seed N, --rate N', 'of the demo stream: its seed (1), and messages a second (10)'],
    ...settings.help,
  ],
  examples: [
    'haechi up --demo',
    'haechi up --twitch some_channel',
    'haechi up --file chat.jsonl --port 9000',
  ],
  run,
}
