import type { ParseArgsConfig } from 'node:util'
import type { ExitCode } from '../errors.js'

export type OptionValue = string | boolean | (string | boolean)[] | undefined

/** What a command works with: the parsed line, and the process's edges. */
export interface CommandContext {
  readonly values: Readonly<Record<string, OptionValue>>
  readonly positionals: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by SIGINT or SIGTERM: finish what is in flight and return. */
  readonly signal: AbortSignal
  readonly print: (line: string) => void
}

/** One subcommand of `haechi`. */
export interface Command {
  readonly name: string
  readonly summary: string
  readonly usage: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** One line for each option: `[flag, meaning]`. */
  readonly help: readonly (readonly [flag: string, meaning: string])[]
  readonly examples: readonly string[]
  readonly takesPositionals?: boolean
  run(context: CommandContext): Promise<ExitCode>
}

/** Options that every command has. */
export const COMMON_OPTIONS: Command['options'] = {
  config: { type: 'string', short: 'c' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
}

export const COMMON_HELP: Command['help'] = [
  ['-c, --config FILE', 'YAML configuration (default: HAECHI_CONFIG)'],
  ['--json', 'output for machines'],
  ['-h, --help', 'this text'],
]
