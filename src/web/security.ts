import type { FastifyInstance, FastifyRequest } from 'fastify'
import { forbidden, WebError } from './web-error.js'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

export const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i

/**
 * Security headers on every response. When `loopback`, a request that names another host is refused with
 * 421: that is how a hostile site reaches a local port through DNS rebinding.
 */
export const useSecurity = (app: FastifyInstance, options: { readonly loopback: boolean }): void => {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    if (options.loopback && !LOOPBACK_HOST.test(request.headers.host ?? '')) {
      throw new WebError(421, 'HAECHI_MISDIRECTED', 'open this page as 127.0.0.1 or localhost')
    }
  })
}

/** Refuses (403) what a browser sends from another origin. Programs send neither header and pass. */
export const requireSameOrigin = async (request: FastifyRequest): Promise<void> => {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const isForeignOrigin = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (isForeignOrigin || isForeignSite)
    throw forbidden('this is for the page itself and for programs, not for other sites')
}
