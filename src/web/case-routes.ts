import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { CASE_STATES, type Case } from '../domain/case.js'
import { DECISIONS, type DecisionInput, type DecisionRecord } from '../domain/decision.js'
import type { CaseQuery, CaseStore } from '../queue/case-store.js'
import { requireSameOrigin } from './security.js'
import { badRequest, WebError } from './web-error.js'

const DEFAULT_LIMIT = 100
const MAX_NOTE_LENGTH = 500
const MAX_BODY_BYTES = 16 * 1024
// Twitch's bounds for a timeout: one second to two weeks.
const MAX_TIMEOUT_SECONDS = 1_209_600
const DEFAULT_TIMEOUT_SECONDS = 600

const querySchema = z.object({
  state: z.enum(CASE_STATES).optional(),
  channel: z.string().min(1).optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'must be a whole number, 1 or more')
    .transform(Number)
    .default(DEFAULT_LIMIT),
})

const decisionSchema = z.object({
  decision: z.enum(DECISIONS),
  note: z.string().max(MAX_NOTE_LENGTH).optional(),
  seconds: z.number().int().min(1).max(MAX_TIMEOUT_SECONDS).optional(),
})

const parse = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || what}: ${issue.message}`)
  throw badRequest(problems.join('; '))
}

const parseQuery = (value: unknown): CaseQuery => {
  const { state, channel, limit } = parse(querySchema, value, 'query')
  return {
    limit,
    ...(state === undefined ? {} : { state }),
    ...(channel === undefined ? {} : { channelId: channel }),
  }
}

const parseDecision = (value: unknown): DecisionInput => {
  const { decision, note, seconds } = parse(decisionSchema, value, 'body')
  if (decision !== 'timeout' && seconds !== undefined) throw badRequest('seconds: only a timeout has them')
  return {
    decision,
    ...(note === undefined || note === '' ? {} : { note }),
    ...(decision === 'timeout' ? { seconds: seconds ?? DEFAULT_TIMEOUT_SECONDS } : {}),
  }
}

export interface CaseRouteOptions {
  readonly cases: CaseStore
  readonly now: () => Date
  readonly onDecided: (record: DecisionRecord, decided: Case) => void
}

/** `GET /api/cases` and `POST /api/cases/<id>/decision`. */
export const addCaseRoutes = (app: FastifyInstance, { cases, now, onDecided }: CaseRouteOptions): void => {
  app.get('/api/cases', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return cases.list(parseQuery(request.query))
  })

  app.post<{ Params: { id: string } }>(
    '/api/cases/:id/decision',
    { onRequest: requireSameOrigin, bodyLimit: MAX_BODY_BYTES },
    async (request) => {
      const result = await cases.decide(request.params.id, parseDecision(request.body), now().toISOString())
      switch (result.kind) {
        case 'unknown-case':
          throw new WebError(404, 'HAECHI_NOT_FOUND', 'there is no such case')
        case 'conflict':
          throw new WebError(409, 'HAECHI_CONFLICT', `the case is ${result.case.state} by now`, {
            case: result.case,
          })
        case 'decided':
          onDecided(result.record, result.case)
          return { case: result.case, record: result.record }
      }
    },
  )
}
