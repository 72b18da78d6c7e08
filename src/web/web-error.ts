import type { FastifyError, FastifyInstance } from 'fastify'
import { UnavailableError } from '../errors.js'

/** What a refused request answers: its status, a stable code, and a sentence that says what to do. */
export class WebError extends Error {
  constructor(
    readonly status: number,
    readonly code: WebErrorCode,
    message: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}

export type WebErrorCode =
  | 'HAECHI_BAD_REQUEST'
  | 'HAECHI_FORBIDDEN'
  | 'HAECHI_NOT_FOUND'
  | 'HAECHI_CONFLICT'
  | 'HAECHI_MISDIRECTED'
  | 'HAECHI_UNAVAILABLE'
  | 'HAECHI_INTERNAL'

/** The part of a logger that the web needs; pino's fits. */
export interface WebLogger {
  error(fields: Record<string, unknown>, message: string): void
}

export const badRequest = (message: string): WebError => new WebError(400, 'HAECHI_BAD_REQUEST', message)
export const forbidden = (message: string): WebError => new WebError(403, 'HAECHI_FORBIDDEN', message)

const toWebError = (error: FastifyError | WebError): WebError => {
  if (error instanceof WebError) return error
  if (error instanceof UnavailableError) return new WebError(503, 'HAECHI_UNAVAILABLE', error.message)
  const status = error.statusCode ?? 500
  if (status < 500) return new WebError(status, 'HAECHI_BAD_REQUEST', error.message)
  return new WebError(500, 'HAECHI_INTERNAL', 'something broke here; the log says what')
}

/** Every error leaves as `{error: {code, message}}`; what a client cannot mend is logged, never shown. */
export const useWebErrors = (app: FastifyInstance, logger: WebLogger): void => {
  app.setErrorHandler<FastifyError | WebError>((error, request, reply) => {
    const shown = toWebError(error)
    if (shown.status >= 500) logger.error({ err: error, route: request.routeOptions.url }, 'request failed')
    const { status, code, message, extra } = shown
    return reply.code(status).send({ error: { code, message }, ...extra })
  })
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: { code: 'HAECHI_NOT_FOUND', message: `there is no ${request.method} route here` } }),
  )
}
