import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type Environment, type RunningHaechi, runHaechi, spawnHaechi } from '../fixtures/haechi-run.js'
import { ABUSE, envelope, fetchCases, untilCase } from './cluster.js'
import { until } from './kafka-helpers.js'

const folder = mkdtempSync(join(tmpdir(), 'haechi-up-'))
const processes: RunningHaechi[] = []
afterEach(async () => {
  await Promise.all(processes.splice(0).map((one) => one.stop('SIGKILL')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ANY_PORTS = { HAECHI_PORT: '0', HAECHI_METRICS_PORT: '0' }

const startUp = (name: string, ...args: readonly string[]) => startWith(ANY_PORTS, name, args)

const startWith = async (ports: Environment, name: string, args: readonly string[]) => {
  const process = spawnHaechi(['up', ...args, '--json'], { ...ports, HAECHI_DATA: join(folder, name) })
  processes.push(process)
  const [, pageUrl = ''] = await process.says(/moderator page +(http:\/\/127\.0\.0\.1:\d+)/, 60_000)
  return { process, pageUrl }
}

test('the demo shows a first case within a minute, and SIGINT ends it with 0 within ten seconds', async () => {
  const startedAt = performance.now()
  const { process, pageUrl } = await startUp('demo', '--demo')

  await until(async () => (await fetchCases(pageUrl, 'open')).length > 0, 60_000)
  const tookMs = performance.now() - startedAt
  const { code, tookMs: stopMs } = await process.stop('SIGINT')

  expect(tookMs).toBeLessThan(60_000)
  expect(code, process.stderr()).toBe(0)
  expect(stopMs).toBeLessThan(10_000)
  expect(process.stderr()).toBe('')
})

test('a second start on the same folder has the cases of the first, and goes on', async () => {
  const first = await startUp('again', '--demo', '--rate', '50')
  await until(async () => (await fetchCases(first.pageUrl, 'open')).length > 0, 60_000)
  await first.process.stop('SIGINT')

  const second = await startUp('again', '--demo', '--rate', '50', '--seed', '2')
  const before = await fetchCases(second.pageUrl, 'open')
  await until(async () => (await fetchCases(second.pageUrl, 'open')).length > before.length, 60_000)

  expect(before.length).toBeGreaterThan(0)
  expect(await second.process.stop('SIGTERM')).toMatchObject({ code: 0 })
})

test('after kill -9 the database opens again with what it had', async () => {
  const first = await startUp('killed', '--demo', '--rate', '50')
  await until(async () => (await fetchCases(first.pageUrl, 'open')).length > 0, 60_000)
  const ids = (await fetchCases(first.pageUrl, 'open')).map(({ id }) => id)
  await first.process.stop('SIGKILL')

  const second = await startUp('killed', '--demo')

  const after = (await fetchCases(second.pageUrl, 'open')).map(({ id }) => id)
  expect(after).toEqual(expect.arrayContaining(ids))
})

test('a file is judged to its end, and the page stays', async () => {
  const path = join(folder, 'lines.jsonl')
  const lines = [envelope('a', 'calm', '안녕하세요').value, '{"broken":', envelope('b', 'loud', ABUSE).value]
  writeFileSync(path, `${lines.join('\n')}\n`)

  const { process, pageUrl } = await startUp('file', '--file', path)
  await untilCase(pageUrl, 'open', 'loud')

  expect(await fetchCases(pageUrl, 'open')).toHaveLength(1)
  expect(await process.stop('SIGTERM')).toMatchObject({ code: 0 })
})

test('standard input is read only when asked for, and is judged to its end', async () => {
  const { process, pageUrl } = await startUp('stdin', '--stdin')

  process.child.stdin.end(`${envelope('b', 'loud', ABUSE).value}`)
  await untilCase(pageUrl, 'open', 'loud')

  expect(await process.stop('SIGINT')).toMatchObject({ code: 0 })
})

test('a default port in use falls back to a free one, and it says so', async () => {
  const first = await startWith({}, 'first', ['--stdin'])
  const second = await startWith({}, 'second', ['--stdin'])

  expect(second.pageUrl).not.toBe(first.pageUrl)
  expect(second.process.stdout().match(/the default port is in use/g)).toHaveLength(2)
})

test.each(['HAECHI_PORT', 'HAECHI_METRICS_PORT'])('%s in use is an error that names it', async (variable) => {
  const { pageUrl } = await startUp('holder', '--stdin')
  const env = { ...ANY_PORTS, HAECHI_DATA: join(folder, 'other'), [variable]: new URL(pageUrl).port }

  const { code, stderr } = await runHaechi(['up', '--stdin'], { env })

  expect(code).toBe(69)
  expect(stderr).toMatch(new RegExp(`HAECHI_PORT_IN_USE: .*${variable}`))
})
