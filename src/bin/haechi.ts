#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { EXIT, type ExitCode, HaechiError, UnavailableError, UsageError } from '../errors.js'
import { packageVersion } from '../package-root.js'
import { COMMON_OPTIONS, type Command } from './command.js'
import { bot } from './commands/bot.js'
import { doctor } from './commands/doctor.js'
import { explain } from './commands/explain.js'
import { feed } from './commands/feed.js'
import { model } from './commands/model.js'
import { score } from './commands/score.js'
import { up } from './commands/up.js'
import { worker } from './commands/worker.js'
import { commandHelp, mainHelp } from './help.js'

const COMMANDS: readonly Command[] = [up, bot, worker, feed, score, explain, model, doctor]

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const parse = (command: Command, args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: { ...COMMON_OPTIONS, ...command.options },
      allowPositionals: command.takesPositionals ?? false,
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('. To specify')[0] : String(cause)
    throw new UsageError(`${reason}; see \`haechi ${command.name} --help\``, { cause })
  }
}

const SAME_PRESS_MS = 1_000

/**
 * The first SIGINT or SIGTERM drains; a second one ends the process at once. npm passes a Ctrl-C on to a child
 * that had it from the terminal already, so a repeat within a second is the same one.
 */
const stopSignal = (): AbortSignal => {
  const controller = new AbortController()
  let firstMs: number | null = null
  const stop = (): void => {
    if (firstMs === null) firstMs = Date.now()
    else if (Date.now() - firstMs > SAME_PRESS_MS) process.exit(130)
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop)
  return controller.signal
}

const main = async ([name, ...args]: readonly string[]): Promise<ExitCode> => {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    print(mainHelp(COMMANDS))
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  if (name === '--version' || name === '-V') {
    print(packageVersion)
    return EXIT.ok
  }
  const command = COMMANDS.find((c) => c.name === name)
  if (command === undefined)
    throw new UsageError(
      `unknown command "${name}"; the commands are ${COMMANDS.map((c) => c.name).join(', ')}`,
    )
  const { values, positionals } = parse(command, args)
  if (values.help === true) {
    print(commandHelp(command))
    return EXIT.ok
  }
  const signal = stopSignal()
  try {
    return await command.run({ values, positionals, env: process.env, signal, print })
  } catch (error) {
    // Stopped while it still waited for a dependency: there was nothing to drain.
    const isInterrupted =
      error instanceof UnavailableError || (error instanceof Error && error.name === 'AbortError')
    if (signal.aborted && isInterrupted) return EXIT.ok
    throw error
  }
}

const report = (error: unknown): ExitCode => {
  if (error instanceof HaechiError) {
    process.stderr.write(`haechi: ${error.code}: ${error.message}\n`)
    return error.exitCode
  }
  process.stderr.write(
    `haechi: HAECHI_BUG: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return EXIT.software
}

// A reader that went away (`haechi score | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  throw error
})

process.exitCode = await main(process.argv.slice(2)).catch(report)
// Everything is closed by now; a socket that a library keeps open must not hold the process.
setTimeout(() => process.exit(), 1_000).unref()
