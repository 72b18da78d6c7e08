import { openPage } from './app-http.js'
import { openJudging } from './app-judging.js'
import { type App, closeOnAbort, openShell, place, type Shell, startWith, toError } from './app-shell.js'
import { openEmbeddedStores } from './app-stores.js'
import { createStream, observePipeline } from './app-stream.js'
import { openTwitch } from './app-twitch.js'
import type { Config } from './config-schema.js'
import { createTotals } from './observe.js'
import { DECISIONS_OUTBOX } from './queue/outbox.js'
import { createDemoSource } from './sources/demo-source.js'
import { FileSource } from './sources/file-source.js'
import type { Source } from './sources/source.js'
import { createTwitchSource } from './sources/twitch-source.js'
import type { Logger } from './telemetry/logger.js'

/** Where an embedded process reads. */
export type EmbeddedSource =
  | { readonly kind: 'demo'; readonly seed: number; readonly ratePerSecond: number }
  | { readonly kind: 'twitch' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' }

const openSource = (
  source: EmbeddedSource,
  { config, end, metrics, logger }: Shell,
): { source: Source; label: string } => {
  switch (source.kind) {
    case 'demo': {
      const { seed, ratePerSecond } = source
      return {
        source: createDemoSource({ seed, ratePerSecond, startMs: Date.now() }),
        label: 'a made-up stream',
      }
    }
    case 'twitch':
      return {
        source: createTwitchSource({
          client: openTwitch(config, metrics, logger, end),
          log: logger,
          startMs: Date.now(),
        }),
        label: config.twitch.channels.map((name) => `twitch.tv/${name}`).join(', '),
      }
    case 'file':
    case 'stdin': {
      const input = source.kind === 'file' ? source.path : process.stdin
      const topic = `${source.kind}-${Date.now()}`
      return {
        source: new FileSource({ input, topic, now: Date.now, onError: end }),
        label: source.kind === 'file' ? source.path : 'standard input',
      }
    }
  }
}

/**
 * `haechi up`: source, model, SQLite and the moderators' page in one process.
 * @throws ModelLoadError, UnavailableError, PortInUseError
 */
export const startEmbedded = async (
  config: Config,
  from: EmbeddedSource,
  logger: Logger,
  signal: AbortSignal,
): Promise<App> => {
  let isReading = false
  const shell = await openShell(config, logger, [
    { name: 'stream', check: async () => isReading || 'starting' },
  ])
  const { metrics, closers, readiness, end } = shell
  return startWith(shell, async () => {
    const totals = createTotals()
    const judging = await openJudging(config, closers, logger, metrics)
    const stores = openEmbeddedStores(config, judging.channels, closers)
    const { source, label } = openSource(from, shell)
    const stream = createStream({
      source,
      judging,
      stores,
      metrics,
      totals,
      logger,
      publishClean: config.publishClean,
      ownsDecisions: true,
      onFatal: (error) => end(toError(error)),
    })
    const onDecided = (): void => void stream.outbox.drain(DECISIONS_OUTBOX)
    const page = await openPage(
      config,
      { cases: stores.cases, readiness, metrics, totals, onDecided },
      logger,
      closers,
    )
    // Nothing is delivered again here: what a lane holds is judged before the end.
    const close = (): Promise<void> => stream.close({ drainWaiting: true })
    closers.add(close)
    closeOnAbort(signal, close)
    shell.onScrape(() => observePipeline(metrics, stream.pipeline, Date.now))
    await stream.pipeline.start(() =>
      logger.warn({}, 'the source has ended; the page stays until you stop it'),
    )
    isReading = true
    return [
      place('reading', label),
      place('moderator page', page.url, page.fellBack),
      place('metrics', `${shell.metricsUrl}/metrics`, shell.metricsFellBack),
    ]
  })
}
