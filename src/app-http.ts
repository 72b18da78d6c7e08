import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Closers } from './closers.js'
import type { Config } from './config-schema.js'
import { reasonOf } from './errors.js'
import type { StreamTotals } from './observe.js'
import { packageVersion } from './package-root.js'
import type { CaseStore } from './queue/case-store.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'
import type { Readiness } from './web/health.js'
import { type Listening, listen } from './web/listen.js'
import { createMetricsApp } from './web/metrics-app.js'
import { createWebApp } from './web/server.js'
import { createStats } from './web/stats.js'
import type { WebLogger } from './web/web-error.js'

export const DEFAULT_PORT = 8080
export const DEFAULT_METRICS_PORT = 9464

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')

const webLogger = (logger: Logger): WebLogger => ({
  error: ({ err }, message) => logger.error({ error: reasonOf(err) }, message),
})

const open = async (
  app: FastifyInstance,
  config: Config,
  which: 'port' | 'metricsPort',
  closers: Closers,
): Promise<Listening> => {
  closers.add(() => app.close())
  const asked = config.http[which]
  return listen(app, {
    host: config.http.host,
    port: asked ?? (which === 'port' ? DEFAULT_PORT : DEFAULT_METRICS_PORT),
    portWasSet: asked !== undefined,
    variable: which === 'port' ? 'HAECHI_PORT' : 'HAECHI_METRICS_PORT',
  })
}

/** Opens `/metrics`, `/livez` and `/readyz`; `refresh` runs before each scrape. */
export const openMetrics = (
  config: Config,
  {
    registry,
    readiness,
    refresh,
  }: { registry: Registry; readiness: Readiness; refresh: () => Promise<void> },
  logger: Logger,
  closers: Closers,
): Promise<Listening> => {
  const scraped = {
    contentType: registry.contentType,
    metrics: async () => {
      await refresh()
      return registry.metrics()
    },
  }
  const loopback = isLoopback(config.http.host)
  const app = createMetricsApp({ registry: scraped, readiness, logger: webLogger(logger), loopback })
  return open(app, config, 'metricsPort', closers)
}

export interface PageOptions {
  readonly cases: CaseStore
  readonly readiness: Readiness
  readonly metrics: Metrics
  /** Absent where the process sees no stream. */
  readonly totals?: StreamTotals
  readonly onDecided: () => void
}

/** Opens the moderator's page, its API and its event stream. */
export const openPage = (
  config: Config,
  { cases, readiness, metrics, totals, onDecided }: PageOptions,
  logger: Logger,
  closers: Closers,
): Promise<Listening> => {
  const app = createWebApp({
    cases,
    readiness,
    version: packageVersion,
    stats: createStats({ cases, now: Date.now, ...(totals === undefined ? {} : { stream: () => totals }) }),
    logger: webLogger(logger),
    loopback: isLoopback(config.http.host),
    hooks: {
      decided: (record, { openedAt }) => {
        const waitMs = Date.parse(record.decidedAt) - Date.parse(openedAt)
        metrics.decisions.inc({ decision: record.decision })
        metrics.reviewWait.observe({ action: record.decision }, waitMs / 1000)
        onDecided()
      },
      feedClients: (clients) => metrics.feedClients.set(clients),
      feedEvent: (result) => metrics.feedEvents.inc({ result }),
      answered: ({ route, method, status, seconds }) =>
        metrics.httpSeconds.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, seconds),
    },
  })
  return open(app, config, 'port', closers)
}
