import type { FastifyInstance } from 'fastify'
import { reasonOf } from '../errors.js'

/** One thing that must work before traffic may come: `true`, or a sentence that says what is missing. */
export interface ReadinessCheck {
  readonly name: string
  check(): Promise<true | string>
}

export interface ReadinessReport {
  readonly ready: boolean
  readonly draining: boolean
  /** By name: `ok`, or what is missing. */
  readonly checks: Readonly<Record<string, string>>
  readonly notReady: readonly string[]
}

export interface Readiness {
  report(): Promise<ReadinessReport>
  /** From now on the process is not ready: it is on its way out. */
  drain(): void
}

const CHECK_TIMEOUT_MS = 1000

const within = async (work: Promise<string>, timeoutMs: number): Promise<string> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** A hanging check is asked once, not again by every probe that comes while it hangs. */
const askOnce = (check: ReadinessCheck): (() => Promise<string>) => {
  let pending: Promise<string> | undefined
  const ask = async (): Promise<string> => {
    try {
      const answer = await check.check()
      return answer === true ? 'ok' : answer
    } catch (error) {
      return reasonOf(error)
    } finally {
      pending = undefined
    }
  }
  return () => {
    pending ??= ask()
    return pending
  }
}

/** Runs all checks together, each with a limit of `timeoutMs`; a check that throws is not ready. */
export const createReadiness = (
  checks: readonly ReadinessCheck[],
  timeoutMs: number = CHECK_TIMEOUT_MS,
): Readiness => {
  const asks = checks.map((check) => ({ name: check.name, ask: askOnce(check) }))
  let draining = false
  return {
    drain: () => {
      draining = true
    },
    report: async () => {
      const answers = await Promise.all(
        asks.map(async ({ name, ask }) => [name, await within(ask(), timeoutMs)] as const),
      )
      const notReady = answers.filter(([, answer]) => answer !== 'ok').map(([name]) => name)
      const ready = notReady.length === 0 && !draining
      return { ready, draining, checks: Object.fromEntries(answers), notReady }
    },
  }
}

/** `/livez` answers while the event loop turns, whatever the dependencies do; `/readyz` 200 or 503. */
export const addHealthRoutes = (app: FastifyInstance, readiness: Readiness): void => {
  app.get('/livez', (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }))
  app.get('/readyz', async (_request, reply) => {
    const report = await readiness.report()
    return reply
      .code(report.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(report)
  })
}
