import type { App } from '../app-shell.js'
import { EXIT, type ExitCode } from '../errors.js'
import type { CommandContext } from './command.js'

const untilAborted = (signal: AbortSignal): Promise<'stopped'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('stopped')
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true })
  })

/** Tells what runs where, waits for a signal or the end, drains, and gives the exit code. */
export const serve = async (
  app: App,
  { values, signal, print }: CommandContext,
  hint = 'Ctrl-C drains and stops',
): Promise<ExitCode> => {
  if (values.json === true) print(JSON.stringify({ ready: app.lines }))
  else print([...app.lines, hint].map((line) => `  ${line}`).join('\n'))
  const outcome = await Promise.race([untilAborted(signal), app.ended])
  if (outcome === 'stopped' && values.json !== true) print('  draining ...')
  if (outcome instanceof Error) {
    // Why it ended matters more than what the end goes on to break.
    await app.close().catch(() => {})
    throw outcome
  }
  await app.close()
  return EXIT.ok
}
