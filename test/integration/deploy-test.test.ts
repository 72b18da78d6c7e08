import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.js'

const bare = mkdtempSync(join(tmpdir(), 'haechi-bare-'))

beforeAll(() => {
  // A machine that has Node and npm, and nothing else.
  for (const name of ['node', 'npm'])
    symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(bare, name))
})

afterAll(() => rmSync(bare, { recursive: true, force: true }))

const runTests = (required: boolean) => {
  const { KAFKA_BROKERS: _kafka, REDIS_URL: _redis, HAECHI_REQUIRE_SERVERS: _required, ...rest } = process.env
  const env = { ...rest, PATH: bare, ...(required ? { HAECHI_REQUIRE_SERVERS: '1' } : {}) }
  const only = ['--project', 'unit', 'test/domain']
  return spawnSync(process.execPath, ['deploy/local/test.mjs', ...only], {
    cwd: packageRoot,
    env,
    encoding: 'utf8',
  })
}

test('npm test without servers runs what it can and says loudly what it did not', () => {
  const { status, stdout, stderr } = runTests(false)

  expect(status, stdout).toBe(0)
  expect(stderr).toMatch(
    /NOT RUN[\s\S]*Kafka: java is not installed[\s\S]*Redis: redis-server is not installed/,
  )
})

test('npm test without servers fails where they are required', () => {
  const { status, stderr } = runTests(true)

  expect(status).toBe(1)
  expect(stderr).toContain('HAECHI_REQUIRE_SERVERS=1')
})
