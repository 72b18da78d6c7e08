import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CaseEvent, CaseStore } from '../queue/case-store.js'
import { badRequest, WebError, type WebLogger } from './web-error.js'

export interface FeedLimits {
  readonly heartbeatMs: number
  /** A client that has more than this waiting is slow ... */
  readonly maxBufferedBytes: number
  /** ... and is cut when it stays so for this long. */
  readonly maxStallMs: number
  readonly maxClients: number
}

export const FEED_LIMITS: FeedLimits = {
  heartbeatMs: 15_000,
  maxBufferedBytes: 1024 * 1024,
  maxStallMs: 5_000,
  maxClients: 500,
}

export interface EventRouteOptions {
  readonly cases: CaseStore
  readonly limits: FeedLimits
  readonly logger: WebLogger
  readonly onClients: (clients: number) => void
  readonly onEvent: (result: 'sent' | 'dropped') => void
}

const EVENT_ID = /^[\w-]{1,64}$/

const lastEventId = (request: FastifyRequest<{ Querystring: { lastEventId?: unknown } }>): string | null => {
  const id = request.headers['last-event-id'] ?? request.query.lastEventId
  if (id === undefined || id === '') return null
  if (typeof id !== 'string' || !EVENT_ID.test(id)) throw badRequest('lastEventId: not an id of this feed')
  return id
}

// JSON has no raw line ends, so one `data:` line carries any text.
const encodeEvent = (event: CaseEvent): string =>
  `id: ${event.id}\ndata: ${JSON.stringify({ id: event.id, kind: event.kind, case: event.case })}\n\n`

/** True when the client took enough of what waits for it, false when it did not in time. */
const drained = async (response: ServerResponse, limits: FeedLimits): Promise<boolean> => {
  if (response.writableLength <= limits.maxBufferedBytes) return true
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(false), limits.maxStallMs)
    const onDrain = (): void => settle(true)
    const onClose = (): void => settle(false)
    const settle = (isDrained: boolean): void => {
      clearTimeout(timer)
      response.off('drain', onDrain)
      response.off('close', onClose)
      resolve(isDrained)
    }
    response.on('drain', onDrain)
    response.on('close', onClose)
  })
}

/** Nothing is written to a client that left or was told the end. */
const send = (response: ServerResponse, chunk: string): void => {
  if (!response.writableEnded && !response.destroyed) response.write(chunk)
}

const pump = async (
  events: AsyncIterable<CaseEvent>,
  response: ServerResponse,
  options: EventRouteOptions,
): Promise<void> => {
  for await (const event of events) {
    if (!(await drained(response, options.limits))) {
      options.onEvent('dropped')
      response.destroy()
      return
    }
    send(response, encodeEvent(event))
    options.onEvent('sent')
  }
}

/** Streams until the client leaves or `stop` aborts; a store that fails ends the stream, and clients resume. */
const stream = async (
  response: ServerResponse,
  afterId: string | null,
  stop: AbortSignal,
  options: EventRouteOptions,
): Promise<void> => {
  const left = new AbortController()
  response.on('close', () => left.abort())
  // At once, also when the store takes its time to notice.
  stop.addEventListener('abort', () => response.end(), { signal: left.signal })
  const heartbeat = setInterval(() => send(response, ': heartbeat\n\n'), options.limits.heartbeatMs)
  send(response, 'retry: 1000\n\n')
  try {
    await pump(options.cases.events(afterId, AbortSignal.any([left.signal, stop])), response, options)
  } catch (error) {
    if (!left.signal.aborted && !stop.aborted) options.logger.error({ err: error }, 'the event stream failed')
  } finally {
    clearInterval(heartbeat)
    response.end()
  }
}

/** `GET /api/events`: each change of a case as one server-sent event, resumed after `Last-Event-ID`. */
export const addEventRoutes = (app: FastifyInstance, options: EventRouteOptions): void => {
  const stop = new AbortController()
  let clients = 0
  const count = (change: 1 | -1): void => {
    clients += change
    options.onClients(clients)
  }
  // Before the server waits for its connections to end: these would never end by themselves.
  app.addHook('preClose', async () => stop.abort())

  app.get<{ Querystring: { lastEventId?: unknown } }>('/api/events', async (request, reply) => {
    const afterId = lastEventId(request)
    if (clients >= options.limits.maxClients || stop.signal.aborted) {
      throw new WebError(503, 'HAECHI_UNAVAILABLE', 'the feed takes no more clients now')
    }
    reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' })
    reply.hijack()
    reply.raw.writeHead(
      200,
      Object.entries(reply.getHeaders()).flatMap(([k, v]) => [k, String(v)]),
    )
    count(1)
    await stream(reply.raw, afterId, stop.signal, options).finally(() => count(-1))
  })
}
