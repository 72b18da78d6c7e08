import type { FastifyInstance } from 'fastify'
import { createBaseApp } from './base-app.js'
import { addHealthRoutes, type Readiness } from './health.js'
import type { WebLogger } from './web-error.js'

export interface MetricsAppOptions {
  /** prom-client's `Registry` fits. */
  readonly registry: { metrics(): Promise<string>; readonly contentType: string }
  readonly readiness: Readiness
  readonly logger: WebLogger
  /** Bound to loopback: other `Host` headers are refused. Default true. */
  readonly loopback?: boolean
}

/** `/metrics`, `/livez` and `/readyz` for the metrics port. It does not listen by itself. */
export const createMetricsApp = (options: MetricsAppOptions): FastifyInstance => {
  const app = createBaseApp({ loopback: options.loopback ?? true, logger: options.logger })
  addHealthRoutes(app, options.readiness)
  app.get('/metrics', async (_request, reply) =>
    reply.type(options.registry.contentType).send(await options.registry.metrics()),
  )
  return app
}
