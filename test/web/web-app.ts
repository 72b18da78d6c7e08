import { createReadiness } from '../../src/web/health.js'
import { createWebApp, type WebAppOptions } from '../../src/web/server.js'
import { createStats } from '../../src/web/stats.js'
import { openModeration } from './moderation.js'

export const silent = { error: () => {} }

/** The web app over SQLite stores, and the way to flag lines into it. */
export const openWebApp = (options: Partial<WebAppOptions> & { readonly path?: string } = {}) => {
  const moderation = openModeration(options.path ?? ':memory:')
  const app = createWebApp({
    cases: moderation.cases,
    stats: createStats({ cases: moderation.cases, now: Date.now }),
    readiness: createReadiness([]),
    version: '0.0.0-test',
    logger: silent,
    ...options,
  })
  const close = async (): Promise<void> => {
    await app.close()
    moderation.close()
  }
  return { app, flag: moderation.flag, cases: moderation.cases, close }
}
