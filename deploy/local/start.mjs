import { pathToFileURL } from 'node:url'
import { binary, setUp } from './setup.mjs'
import { onSignal } from './signals.mjs'

setUp()
const given = process.argv.slice(2)
const hasSource = given.some((argument) => /^--(twitch|file|stdin|demo)(=|$)/.test(argument))
// The program drains at the first signal by itself; this only keeps npm's repeat of it from ending the drain.
onSignal(() => {}, ['SIGINT', 'SIGTERM'])
// In this very process, so that Ctrl-C and the exit code are the program's own.
process.argv = [process.execPath, binary, 'up', ...(hasSource ? [] : ['--demo']), ...given]
await import(pathToFileURL(binary).href)
