import { setMaxListeners } from 'node:events'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CaseEvent, CaseStore } from '../queue/case-store.js'
import { createBroadcast, encodeEvent } from './broadcast.js'
import { type ClientLimits, createEventClient, type EventClient } from './event-client.js'
import { requireSameOrigin } from './security.js'
import { badRequest, WebError, type WebLogger } from './web-error.js'

export interface FeedLimits extends ClientLimits {
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
  readonly onEvent: (result: FeedResult) => void
}

/** `replayed`: sent to a client that was away for long; `dropped`: the client was too slow and was cut. */
export type FeedResult = 'sent' | 'replayed' | 'dropped'

type EventRequest = FastifyRequest<{ Querystring: { lastEventId?: unknown } }>

export const EVENTS_ROUTE = '/api/events'
const EVENT_ID = /^[\w-]{1,64}$/

const lastEventId = ({ headers, query }: EventRequest): string | null => {
  const id = headers['last-event-id'] ?? query.lastEventId
  if (id === undefined || id === '') return null
  if (typeof id !== 'string' || !EVENT_ID.test(id)) throw badRequest('lastEventId: not an id of this feed')
  return id
}

/**
 * A client that missed more than is remembered reads the store by itself, as fast as it can take it, until
 * `join` accepts the place it has reached. The client ends when the store or the client fails.
 */
const replay = async (
  client: EventClient,
  events: AsyncIterable<CaseEvent>,
  join: (afterId: string) => boolean,
  onEvent: EventRouteOptions['onEvent'],
): Promise<void> => {
  for await (const event of events) {
    if (!(await client.hasRoom()) || !client.send(encodeEvent(event))) {
      onEvent('dropped')
      break
    }
    onEvent('replayed')
    if (join(event.id)) return
  }
  client.end()
}

/** `GET /api/events`: each change of a case as one server-sent event, resumed after `Last-Event-ID`. */
export const addEventRoutes = (app: FastifyInstance, options: EventRouteOptions): void => {
  const { limits, onClients, onEvent } = options
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const broadcast = createBroadcast(options.cases, stop.signal, options.logger)
  const clients = new Set<EventClient>()

  // Before the server waits for its connections to end: these would never end by themselves.
  app.addHook('preClose', async () => {
    stop.abort()
    for (const client of clients) client.end()
  })

  const attach = (client: EventClient, afterId: string | null): void => {
    const push = (chunk: string): void => onEvent(client.send(chunk) ? 'sent' : 'dropped')
    const listener = { push, end: client.end }
    clients.add(client)
    onClients(clients.size)
    client.left.addEventListener('abort', () => {
      broadcast.remove(listener)
      clients.delete(client)
      onClients(clients.size)
    })
    client.send('retry: 1000\n\n')
    if (broadcast.add(listener, afterId)) return
    const events = options.cases.events(afterId, AbortSignal.any([client.left, stop.signal]))
    const join = (id: string): boolean => broadcast.add(listener, id)
    replay(client, events, join, onEvent).catch((error: unknown) => {
      if (!stop.signal.aborted) options.logger.error({ err: error }, 'replaying events failed')
      client.end()
    })
  }

  // No HEAD: it would wait for a body that it never gets.
  app.get(
    EVENTS_ROUTE,
    { exposeHeadRoute: false, onRequest: requireSameOrigin },
    (request: EventRequest, reply) => {
      const afterId = lastEventId(request)
      if (clients.size >= limits.maxClients || stop.signal.aborted) {
        throw new WebError(503, 'HAECHI_UNAVAILABLE', 'the feed takes no more clients now')
      }
      reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' })
      const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) => [name, String(value)])
      reply.hijack()
      reply.raw.writeHead(200, headers)
      attach(createEventClient(reply.raw, limits), afterId)
    },
  )
}
