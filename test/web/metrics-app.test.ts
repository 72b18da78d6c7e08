import { Counter, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createReadiness } from '../../src/web/health.js'
import { createMetricsApp } from '../../src/web/metrics-app.js'
import { silent } from './web-app.js'

const createApp = () => {
  const registry = new Registry()
  new Counter({ name: 'haechi_test_total', help: 'A test', registers: [registry] }).inc(3)
  return createMetricsApp({ registry, readiness: createReadiness([]), logger: silent })
}

test('metrics come in the text format of Prometheus', async () => {
  const answer = await createApp().inject('/metrics')

  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(answer.body).toContain('haechi_test_total 3')
})

test('probes answer here too, and the page does not', async () => {
  const app = createApp()
  const statusOf = async (url: string) => (await app.inject(url)).statusCode

  expect(await statusOf('/livez')).toBe(200)
  expect(await statusOf('/readyz')).toBe(200)
  expect(await statusOf('/')).toBe(404)
  expect(await statusOf('/api/cases')).toBe(404)
})
