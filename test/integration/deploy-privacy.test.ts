import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.js'

const home = mkdtempSync(join(tmpdir(), 'haechi-home-'))

afterAll(() => rmSync(home, { recursive: true, force: true }))

// Switched on, they begin with a device id and a database in the home folder.
test("ONNX Runtime's reports to its maker are off", () => {
  const { ORT_DISABLE_TELEMETRY: _off, XDG_CACHE_HOME: _cache, ...rest } = process.env
  const run = spawnSync(process.execPath, ['dist/src/bin/haechi.js', 'score', '--json'], {
    cwd: packageRoot,
    env: { ...rest, HOME: home },
    input: '안녕하세요\n',
    encoding: 'utf8',
  })

  expect(run.status, run.stderr).toBe(0)
  expect(readdirSync(home, { recursive: true })).toEqual([])
})
