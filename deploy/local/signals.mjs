/**
 * Calls `end(signal)` at the first of the signals; a second one ends the process at once.
 * npm passes a Ctrl-C on to a child that had it from the terminal already: a repeat within a second is the same one.
 */
export function onSignal(end, signals = ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  let firstAt
  const handle = (signal) => {
    if (firstAt === undefined) {
      firstAt = Date.now()
      end(signal)
    } else if (Date.now() - firstAt > 1_000) process.exit(130)
  }
  for (const signal of signals) process.on(signal, handle)
}
