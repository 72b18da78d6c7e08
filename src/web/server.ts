import type { FastifyInstance } from 'fastify'
import type { Case } from '../domain/case.js'
import type { DecisionRecord } from '../domain/decision.js'
import type { CaseStore } from '../queue/case-store.js'
import { createBaseApp } from './base-app.js'
import { addCaseRoutes } from './case-routes.js'
import {
  addEventRoutes,
  EVENTS_ROUTE,
  FEED_LIMITS,
  type FeedLimits,
  type FeedResult,
} from './event-routes.js'
import { addHealthRoutes, type Readiness } from './health.js'
import { addStaticFiles } from './static-files.js'
import type { StatsSource } from './stats.js'
import type { WebLogger } from './web-error.js'

/** Where the web tells what happened; metrics hang here. */
export interface WebHooks {
  decided?(record: DecisionRecord, decided: Case): void
  /** Connected pages, whenever it changes. */
  feedClients?(clients: number): void
  feedEvent?(result: FeedResult): void
  /** `route` is the template, never the path, and one name for all files of the page. */
  answered?(request: {
    readonly route: string
    readonly method: string
    readonly status: number
    readonly seconds: number
  }): void
}

export interface WebAppOptions {
  readonly cases: CaseStore
  readonly stats: StatsSource
  readonly readiness: Readiness
  readonly version: string
  readonly logger: WebLogger
  readonly hooks?: WebHooks
  /** Bound to loopback: other `Host` headers are refused. Default true. */
  readonly loopback?: boolean
  readonly limits?: Partial<FeedLimits>
  readonly now?: () => Date
}

const ROUTE = /^\/(?:api\/|livez$|readyz$)/

// Two dozen files would be hundreds of time series.
const routeName = (url: string | undefined): string =>
  url === undefined ? 'unknown' : ROUTE.test(url) ? url : 'page'

const observe = (app: FastifyInstance, hooks: WebHooks): void => {
  app.addHook('onResponse', async (request, reply) => {
    // A stream's length says nothing about speed.
    if (request.routeOptions.url === EVENTS_ROUTE) return
    hooks.answered?.({
      route: routeName(request.routeOptions.url),
      method: request.method,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
  })
}

/** The moderator's page, its API and its event stream. It does not listen by itself; `close()` ends streams. */
export const createWebApp = (options: WebAppOptions): FastifyInstance => {
  const { cases, stats, readiness, version, logger, hooks = {} } = options
  const app = createBaseApp({ loopback: options.loopback ?? true, logger })
  observe(app, hooks)
  addStaticFiles(app)
  addHealthRoutes(app, readiness)
  addCaseRoutes(app, {
    cases,
    now: options.now ?? (() => new Date()),
    onDecided: (record, decided) => hooks.decided?.(record, decided),
  })
  addEventRoutes(app, {
    cases,
    limits: { ...FEED_LIMITS, ...options.limits },
    logger,
    onClients: (clients) => hooks.feedClients?.(clients),
    onEvent: (result) => hooks.feedEvent?.(result),
  })
  app.get('/api/stats', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { version, ...(await stats()) }
  })
  return app
}
