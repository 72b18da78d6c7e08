import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { addHealthRoutes, createReadiness, type ReadinessCheck } from '../../src/web/health.js'

const check = (name: string, answer: () => Promise<true | string>): ReadinessCheck => ({
  name,
  check: answer,
})
const fine = check('model', async () => true)

test('ready when every check is', async () => {
  const report = await createReadiness([fine, check('redis', async () => true)]).report()

  expect(report).toEqual({ ready: true, draining: false, checks: { model: 'ok', redis: 'ok' }, notReady: [] })
})

test('what is missing is named, by its answer or its error', async () => {
  const readiness = createReadiness([
    fine,
    check('topics', async () => 'chat.messages does not exist'),
    check('redis', () => Promise.reject(new Error('connection refused'))),
  ])

  expect(await readiness.report()).toMatchObject({
    ready: false,
    checks: { model: 'ok', topics: 'chat.messages does not exist', redis: 'connection refused' },
    notReady: ['topics', 'redis'],
  })
})

test('a check that hangs is not ready, and is not asked again while it hangs', async () => {
  let asked = 0
  const hanging = check('kafka', () => {
    asked += 1
    return new Promise(() => {})
  })
  const readiness = createReadiness([hanging], 10)

  const reports = [await readiness.report(), await readiness.report()]

  expect(reports.map((report) => report.checks.kafka)).toEqual(Array(2).fill('no answer within 10 ms'))
  expect(asked).toBe(1)
})

test('draining is not ready, and still alive', async () => {
  const readiness = createReadiness([fine])
  const app = Fastify()
  addHealthRoutes(app, readiness)
  const before = await app.inject('/readyz')

  readiness.drain()

  expect(before.statusCode).toBe(200)
  const after = await app.inject('/readyz')
  expect(after.statusCode).toBe(503)
  expect(after.json()).toMatchObject({ ready: false, draining: true })
  expect((await app.inject('/livez')).statusCode).toBe(200)
})
