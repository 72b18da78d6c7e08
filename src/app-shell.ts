import { Registry } from 'prom-client'
import { openMetrics } from './app-http.js'
import { type Closers, createClosers } from './closers.js'
import type { Config } from './config-schema.js'
import { reasonOf } from './errors.js'
import type { Logger } from './telemetry/logger.js'
import { createMetrics, type Metrics } from './telemetry/metrics.js'
import { createReadiness, type Readiness, type ReadinessCheck } from './web/health.js'

/** A running process. */
export interface App {
  /** What a person wants to know once it runs. */
  readonly lines: readonly string[]
  /** Resolves when the process must not go on. */
  readonly ended: Promise<Error>
  /** Drains and closes everything that was opened. Safe to call twice. */
  close(): Promise<void>
}

/** What every kind of process has: configuration, a log, metrics, health, and a list of what to close. */
export interface Shell {
  readonly config: Config
  readonly logger: Logger
  readonly metrics: Metrics
  readonly closers: Closers
  readonly readiness: Readiness
  /** Ends the process: something broke that no retry can mend. */
  readonly end: (error: Error) => void
  /** Runs before each scrape. */
  readonly onScrape: (refresh: () => Promise<void> | void) => void
  readonly app: (lines: readonly string[]) => App
}

export const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** One line for the terminal: what, where. */
export const place = (what: string, where: string, fellBack = false): string =>
  `${what.padEnd(15)} ${where}${fellBack ? '   (the default port is in use)' : ''}`

/**
 * Also runs `close` when the signal comes while the process is still starting.
 * @throws the abort reason when it came before
 */
export const closeOnAbort = (signal: AbortSignal, close: () => Promise<void>): void => {
  signal.throwIfAborted()
  signal.addEventListener('abort', () => void close().catch(() => {}), { once: true })
}

/**
 * Opens the metrics port first, so that health can be asked while the rest still waits for its dependencies.
 * @throws PortInUseError
 */
export const openShell = async (
  config: Config,
  logger: Logger,
  checks: readonly ReadinessCheck[],
): Promise<Shell & { readonly metricsUrl: string; readonly metricsFellBack: boolean }> => {
  const closers = createClosers()
  const registry = new Registry()
  const metrics = createMetrics(registry)
  const readiness = createReadiness(checks)
  const refreshers: (() => Promise<void> | void)[] = []
  let end: (error: Error) => void = () => {}
  const ended = new Promise<Error>((resolve) => {
    end = resolve
  })
  const refresh = async (): Promise<void> => {
    await Promise.all(refreshers.map(async (run) => run())).catch((error: unknown) =>
      logger.warn({ error: reasonOf(error) }, 'some metrics could not be refreshed'),
    )
  }
  const listening = await openMetrics(config, { registry, readiness, refresh }, logger, closers)
  return {
    config,
    logger,
    metrics,
    closers,
    readiness,
    end,
    onScrape: (run) => {
      refreshers.push(run)
    },
    app: (lines) => ({
      lines,
      ended,
      close: () => {
        readiness.drain()
        return closers.closeAll()
      },
    }),
    metricsUrl: listening.url,
    metricsFellBack: listening.fellBack,
  }
}

/** Closes what was opened when the rest of the start-up fails. */
export const startWith = async (shell: Shell, start: () => Promise<readonly string[]>): Promise<App> => {
  try {
    return shell.app(await start())
  } catch (error) {
    await shell.closers.closeAll().catch(() => {})
    throw error
  }
}
