import type { FastifyInstance } from 'fastify'
import { PortInUseError, reasonOf, UnavailableError } from '../errors.js'

export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** The port was asked for: another one would not do. */
  readonly portWasSet: boolean
  /** What a person changes to get another port, for the error: `HAECHI_PORT`. */
  readonly variable: string
}

export interface Listening {
  readonly port: number
  readonly url: string
  /** The default port was in use and a free one was taken: say so. */
  readonly fellBack: boolean
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

const bind = async (app: FastifyInstance, host: string, port: number): Promise<'bound' | 'in-use'> => {
  try {
    await app.listen({ host, port })
    return 'bound'
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return 'in-use'
    const reason = reasonOf(error)
    throw new UnavailableError(`cannot listen on ${host}:${port}: ${reason}`, { cause: error })
  }
}

const listening = (app: FastifyInstance, host: string, fellBack: boolean): Listening => {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const shownHost = host.includes(':') ? `[${host}]` : host
  return { port, url: `http://${shownHost}:${port}`, fellBack }
}

/**
 * Binds the app. A default port in use falls back to a free one; a port that was set and is in use throws
 * PortInUseError; anything else (no permission, unknown host) throws UnavailableError.
 */
export const listen = async (app: FastifyInstance, options: ListenOptions): Promise<Listening> => {
  const { host, port, portWasSet, variable } = options
  if ((await bind(app, host, port)) === 'bound') return listening(app, host, false)
  if (portWasSet) {
    throw new PortInUseError(`port ${port} is in use; set ${variable} to a free one, or stop what uses it`)
  }
  await bind(app, host, 0)
  return listening(app, host, true)
}
