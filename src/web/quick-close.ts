import type { FastifyInstance } from 'fastify'

const GRACE_MS = 1000

/**
 * `close()` lets running requests finish, but waits for no connection longer than a second: browsers open
 * spare ones that never send a request, and Node does not count those as idle.
 */
export const useQuickClose = (app: FastifyInstance): void => {
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref()
  })
}
