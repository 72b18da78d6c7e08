import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createMetrics } from '../../src/telemetry/metrics.js'

const described = async () => {
  const registry = new Registry()
  createMetrics(registry)
  const shape = z.array(z.object({ name: z.string(), help: z.string(), type: z.string() }))
  const all = shape.parse(await registry.getMetricsAsJSON())
  return all.filter(({ name }) => name.startsWith('haechi_'))
}

const labelsOf = (metric: object): readonly string[] =>
  'labelNames' in metric ? z.array(z.string()).parse(metric.labelNames) : []

test('counters end in _total and nothing else does', async () => {
  for (const { name, type } of await described())
    expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
})

test('durations and ages are in seconds', async () => {
  for (const { name } of await described()) expect(name).not.toMatch(/(_ms|_millis|_minutes)(_|$)/)
})

test('each metric says what it is', async () => {
  for (const { name, help } of await described()) expect([name, help.length > 5]).toEqual([name, true])
})

test('no label can hold a user, a channel or a text', () => {
  const labels = new Set(Object.values(createMetrics(new Registry())).flatMap(labelsOf))

  for (const forbidden of ['user', 'channel', 'text', 'message', 'id', 'name', 'case'])
    expect(labels).not.toContain(forbidden)
})

test('the service level of 0.3 s is a bucket of its own', async () => {
  const registry = new Registry()
  createMetrics(registry).latency.observe({ path: 'model' }, 0.3)

  expect(await registry.metrics()).toMatch(
    /haechi_message_latency_seconds_bucket\{le="0\.3",path="model"\} 1/,
  )
  expect(await registry.metrics()).toMatch(
    /haechi_message_latency_seconds_bucket\{le="0\.25",path="model"\} 0/,
  )
})

test('two processes in one program do not share a registry', () => {
  expect(() => [createMetrics(new Registry()), createMetrics(new Registry())]).not.toThrow()
})
