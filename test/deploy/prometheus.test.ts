import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { whyMissing } from '#local/processes.mjs'
import { packageRoot } from '../../src/package-root.js'
import { createMetrics } from '../../src/telemetry/metrics.js'
import {
  readCompose,
  readDataSource,
  readPanels,
  readPrometheus,
  readRules,
  readRunbook,
  readTestedAlerts,
} from '../fixtures/deployment.js'

const isOptional = process.env.HAECHI_REQUIRE_SERVERS !== '1'
const hasPromtool = whyMissing('promtool', ['--version']) === undefined
const folder = join(packageRoot, 'deploy/prometheus')

const registry = new Registry()
createMetrics(registry)
const metrics = registry.getMetricsAsArray().map(({ name }) => name)
const rules = readRules()
const recorded = rules.flatMap(({ record }) => record ?? [])
const alerts = rules.filter(({ alert }) => alert !== undefined)
const queries = readPanels().flatMap(({ targets }) => targets.map(({ expr }) => expr))

/** The metrics an expression reads that no process has. */
const unknownNames = (expression: string): string[] =>
  (expression.match(/\b(?:haechi|nodejs|process)[_:][\w:]+/g) ?? []).filter((name) => {
    const base = name.replace(/_(?:bucket|sum|count)$/, '')
    return ![...metrics, ...recorded].some((known) => known === name || known === base)
  })

describe.skipIf(isOptional && !hasPromtool)('promtool', () => {
  test.each([
    ['check', 'config', 'prometheus.yml'],
    ['check', 'rules', 'rules.yml'],
    ['test', 'rules', 'rules.test.yml'],
  ])('%s %s %s passes', (...args) => {
    expect(execFileSync('promtool', args, { cwd: folder, encoding: 'utf8' })).toContain('SUCCESS')
  })
})

test('rules and dashboard ask only for metrics that exist', () => {
  expect([...rules.map(({ expr }) => expr), ...queries].flatMap(unknownNames)).toEqual([])
})

test('each alert says how urgent it is, what is wrong and what to do, and a test sees it fire', () => {
  const headings = new Set(readRunbook())
  const tested = new Set(readTestedAlerts())
  const incomplete = alerts.filter(
    ({ alert = '', labels, annotations }) =>
      !['page', 'ticket'].includes(labels.severity ?? '') ||
      annotations.summary === undefined ||
      annotations.runbook !== `deploy/prometheus/RUNBOOK.md#${alert.toLowerCase()}` ||
      !headings.has(alert) ||
      !tested.has(alert),
  )

  expect(incomplete.map(({ alert }) => alert)).toEqual([])
  expect([...headings].filter((heading) => !alerts.some(({ alert }) => alert === heading))).toEqual([])
})

test('Prometheus asks every part of Haechi, by its name and on its metrics port', () => {
  const services = readCompose()
  const targets = readPrometheus().jobs.flatMap(({ dns_sd_configs }) => dns_sd_configs)
  const built = Object.keys(services).filter((name) => services[name]?.build !== undefined)

  expect(targets.flatMap(({ names }) => names).sort()).toEqual(built.sort())
  expect(
    targets.map(({ names, port }) => services[names[0] ?? '']?.environment.HAECHI_METRICS_PORT === `${port}`),
  ).toEqual(built.map(() => true))
})

test('the dashboard uses the data source it is given, and its panels have ids of their own', () => {
  const panels = readPanels()
  const sources = panels.flatMap(({ targets }) => targets.map(({ datasource }) => datasource.uid))

  expect(new Set(sources)).toEqual(new Set([readDataSource()]))
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
})
