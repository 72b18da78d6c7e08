import { pathToFileURL } from 'node:url'
import { binary, setUp } from './setup.mjs'
import { onSignal } from './signals.mjs'

setUp()
const given = process.argv.slice(2)
const hasSource = given.some((argument) => /^--(twitch|file|stdin|demo)(=|$)/.test(argument))
// The program drains at the first signal by itself. npm repeats that signal, however late it gets to run: the repeat must
// neither end the drain nor meet a process that is just leaving, which Node would then end by the signal.
onSignal(() => setTimeout(() => {}, 750), ['SIGINT', 'SIGTERM'])
// In this very process, so that Ctrl-C and the exit code are the program's own.
process.argv = [process.execPath, binary, 'up', ...(hasSource ? [] : ['--demo']), ...given]
await import(pathToFileURL(binary).href)
