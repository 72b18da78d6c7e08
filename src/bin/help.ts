import { COMMON_HELP, type Command } from './command.js'

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

const ENVIRONMENT: Command['help'] = [
  ['KAFKA_BROKERS', 'host:port, separated by commas'],
  ['REDIS_URL', 'redis://host:6379'],
  ['HAECHI_CONFIG', 'path of a YAML configuration'],
  ['HAECHI_MODEL', 'folder of a model artifact'],
  ['HAECHI_SECOND_MODEL', 'folder of one that is asked what the first leaves in doubt, or none'],
  ['HAECHI_HOST', 'address to bind (127.0.0.1)'],
  ['HAECHI_PORT', 'page and API (8080)'],
  ['HAECHI_METRICS_PORT', 'metrics and health (9464)'],
  ['HAECHI_DATA', 'folder for embedded files and the promoted model (.haechi)'],
  ['HAECHI_MODELS', 'folder of your own models (models in HAECHI_DATA)'],
  ['HAECHI_LOG_LEVEL', 'debug, info, warn, error or silent (info)'],
  ['TWITCH_CHANNELS', 'channels, separated by commas'],
  ['TWITCH_USERNAME, TWITCH_TOKEN', 'login of the bot (default: anonymous)'],
  ['TWITCH_IRC_URL', 'another chat server, for tests'],
]

/** The text of `haechi --help`. */
export const mainHelp = (commands: readonly Command[]): string =>
  [
    'haechi: reads live chat, decides which users cross the line, hands moderators a queue.',
    '',
    'Usage: haechi <command> [options]',
    '',
    'Commands:',
    table(commands.map((c) => [c.name, c.summary])),
    '',
    'Environment (a flag wins over it, it wins over the configuration file):',
    table(ENVIRONMENT),
    '',
    'Examples:',
    '  haechi up --demo                     everything in one process, on a made-up stream',
    '  haechi up --twitch some_channel      the same on a live channel, read anonymously',
    "  echo '시1발 뭐하냐' | haechi score --json",
    '  haechi <command> --help              options and examples of one command',
  ].join('\n')

/** The text of `haechi <command> --help`. */
export const commandHelp = (command: Command): string =>
  [
    `haechi ${command.name}: ${command.summary}`,
    '',
    `Usage: haechi ${command.name} ${command.usage}`,
    '',
    'Options:',
    table([...command.help, ...COMMON_HELP]),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n')
