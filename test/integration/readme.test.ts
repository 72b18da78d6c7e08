import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.js'
import { Cluster, mayNotRun } from './cluster.js'
import { until } from './kafka-helpers.js'

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8')
const blocks = Array.from(readme.matchAll(/^```js\n([\s\S]*?)^```$/gm), ([, code = '']) => code)

test('the README has one program to build on, of at most forty lines', () => {
  expect(blocks).toHaveLength(1)
  expect(blocks[0]?.split('\n').length).toBeLessThanOrEqual(41)
})

describe.skipIf(mayNotRun("the README's program"))("the README's program beside a worker", () => {
  const folder = mkdtempSync(join(tmpdir(), 'haechi-readme-'))
  let cluster: Cluster

  beforeAll(async () => {
    cluster = await Cluster.start({ workers: 1, feeds: 0 })
  }, 180_000)
  afterAll(async () => {
    await cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  test('prints the flag of the message that it sends', async () => {
    // As in a reader's own project, which has kafkajs installed.
    symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'reader.mjs'), blocks[0] ?? '')
    const env = { PATH: process.env.PATH, ...cluster.servers.env }
    const child = spawn(process.execPath, ['reader.mjs'], { cwd: folder, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))

    await until(() => output.includes('\n') || child.exitCode !== null, 30_000)
    child.kill()

    expect(output).toMatch(/^flag 42 7 .*\b0\b.*\b3\b/m)
  })
})
