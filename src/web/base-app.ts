import Fastify, { type FastifyInstance } from 'fastify'
import { useQuickClose } from './quick-close.js'
import { SECURITY_HEADERS, useSecurity } from './security.js'
import { useWebErrors, type WebLogger } from './web-error.js'

const MAX_ID_LENGTH = 512

/** What every port of a process has in common: security headers, host check, error bodies, a quick end. */
export const createBaseApp = (options: {
  readonly loopback: boolean
  readonly logger: WebLogger
}): FastifyInstance => {
  const app = Fastify({
    logger: false,
    routerOptions: { maxParamLength: MAX_ID_LENGTH },
    // An address that cannot be decoded reaches no hook.
    frameworkErrors: (error, _request, reply) => {
      const body = { error: { code: 'HAECHI_BAD_REQUEST', message: error.message } }
      reply.hijack()
      reply.raw.writeHead(400, { ...SECURITY_HEADERS, 'content-type': 'application/json' })
      reply.raw.end(JSON.stringify(body))
    },
  })
  // Only JSON is read: what a plain HTML form can send answers 415.
  app.removeContentTypeParser('text/plain')
  useQuickClose(app)
  useSecurity(app, options)
  useWebErrors(app, options.logger)
  return app
}
