import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { freePorts } from '#local/processes.mjs'
import { SHIPPED_MODEL } from '../../src/app-judging.js'
import { packageRoot } from '../../src/package-root.js'
import { runHaechi } from '../fixtures/haechi-run.js'

// The built program, from outside: `npm run build` comes first.

const folder = mkdtempSync(join(tmpdir(), 'haechi-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const COMMANDS = ['up', 'bot', 'worker', 'feed', 'score', 'explain', 'model', 'doctor']

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])(
    'haechi %s names every command, the environment and examples',
    async (flag) => {
      const { code, stdout, stderr } = await runHaechi([flag])

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      for (const name of [...COMMANDS, 'KAFKA_BROKERS', 'HAECHI_METRICS_PORT', 'Examples:'])
        expect(stdout).toContain(name)
    },
  )

  test.each(COMMANDS)('haechi %s --help has usage, options and an example of it', async (name) => {
    const { code, stdout } = await runHaechi([name, '--help'])

    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`Usage: haechi ${name}`))
    expect(stdout).toContain('--json')
    expect(stdout.split('Examples:')[1]).toContain(`haechi ${name}`)
  })

  test('without a command it shows the help and exits 64', async () => {
    const { code, stdout } = await runHaechi([])

    expect(code).toBe(64)
    expect(stdout).toContain('Commands:')
  })

  test('--version is the one in package.json', async () => {
    const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))

    const { code, stdout } = await runHaechi(['--version'])

    expect({ code, version: stdout.trim() }).toEqual({
      code: 0,
      version: z.object({ version: z.string() }).parse(manifest).version,
    })
  })
})

describe('a wrong command line exits 64 and says what is wrong', () => {
  test.each([
    [['nonsense'], /unknown command "nonsense".*worker/],
    [['--frobnicate'], /unknown command "--frobnicate"/],
    [['score', '--loud'], /--loud.*haechi score --help/],
    [['worker', 'extra'], /extra.*haechi worker --help/],
    [['up', '--port'], /--port.*haechi up --help/],
    [['up', '--demo', '--twitch', 'some_channel'], /--demo and --twitch/],
    [['up', '--file', 'a', '--stdin'], /--file and --stdin/],
    [['up', '--demo', '--rate', 'fast'], /--rate/],
    [['up', '--demo', '--rate', '0'], /--rate/],
    [['score', '--jsonl', 'a text'], /--jsonl reads standard input/],
    [['score', '--users'], /--users needs --jsonl/],
    [['model'], /what to do with models: list, verify, promote, rollback.*haechi model --help/],
    [['model', 'promote'], /promote needs a FOLDER or ID@VERSION/],
    [['explain'], /nothing to explain.*haechi explain --help/],
    [['explain', 'two', 'texts'], /one text at a time, not 2/],
    [['explain', 'a text', '--source', 'radio'], /--source must be twitch or board, not "radio"/],
  ])('%j', async (args, expected) => {
    const { code, stdout, stderr } = await runHaechi(args, { input: '' })

    expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
    expect(stderr).toMatch(/^haechi: HAECHI_USAGE: /)
    expect(stderr).toMatch(expected)
    expect(stderr).not.toContain('    at ')
  })
})

describe('haechi model', () => {
  const env = { HAECHI_DATA: join(folder, 'models-data') }
  const shipped = join(packageRoot, SHIPPED_MODEL)

  test('the shipped model is listed as what workers load, and is whole', async () => {
    const list = await runHaechi(['model', 'list', '--json'], { env })
    const verify = await runHaechi(['model', 'verify'], { env })

    expect({ code: list.code, current: JSON.parse(list.stdout).current }).toEqual({
      code: 0,
      current: { folder: shipped, by: 'shipped' },
    })
    expect(verify.code).toBe(0)
    expect(verify.stdout).toMatch(/^ok +runtime/m)
  })

  test('a damaged model exits 1, is not promoted, and exits 78 there', async () => {
    const copy = join(folder, 'damaged')
    cpSync(shipped, copy, { recursive: true })
    appendFileSync(join(copy, 'model.onnx'), ' ')

    const verify = await runHaechi(['model', 'verify', copy], { env })
    const promote = await runHaechi(['model', 'promote', copy], { env })

    expect(verify.code).toBe(1)
    expect(verify.stdout).toMatch(/^failure +file model\.onnx/m)
    expect({ code: promote.code, stdout: promote.stdout }).toEqual({ code: 78, stdout: '' })
    expect(promote.stderr).toMatch(/^haechi: HAECHI_MODEL_LOAD: .*nothing has changed/)
  })

  test('a promoted model is what is scored with, and no more after a rollback', async () => {
    const copy = join(folder, 'promoted')
    cpSync(shipped, copy, { recursive: true })
    const manifest = join(copy, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/("version": *)"[^"]*"/, '$1"99.0.0"'))

    const promote = await runHaechi(['model', 'promote', copy], { env })
    const promoted = await runHaechi(['score', '안녕'], { env })
    rmSync(join(copy, 'model.onnx'))
    const refused = await runHaechi(['score', '안녕'], { env })
    const rollback = await runHaechi(['model', 'rollback'], { env })
    const after = await runHaechi(['score', '안녕'], { env })

    expect([promote, promoted, refused, rollback, after].map(({ code }) => code)).toEqual([0, 0, 78, 0, 0])
    expect(promoted.stdout).toContain('@99.0.0+')
    expect(refused.stderr).toMatch(/@99\.0\.0 cannot be used: go back with `haechi model rollback`/)
    expect(after.stdout).not.toContain('@99.0.0+')
  })
})

const report = z.object({
  healthy: z.boolean(),
  findings: z.array(
    z.object({ name: z.string(), status: z.string(), detail: z.string(), advice: z.string().optional() }),
  ),
})

const examine = async (env: Readonly<Record<string, string>>) => {
  const { code, stdout, stderr } = await runHaechi(['doctor', '--json'], {
    env: { HAECHI_DATA: folder, ...env },
  })
  const { healthy, findings } = report.parse(JSON.parse(stdout))
  return { code, stderr, healthy, findings: new Map(findings.map((finding) => [finding.name, finding])) }
}

describe('haechi doctor', () => {
  test('with nothing but a model it is healthy, and says what it did not check', async () => {
    const { code, healthy, findings } = await examine({})

    expect({ code, healthy }).toEqual({ code: 0, healthy: true })
    expect([...findings.keys()]).toEqual([
      'node',
      'model',
      'kafka',
      'redis',
      'page port',
      'metrics port',
      'data folder',
    ])
    expect(findings.get('kafka')?.status).toBe('skipped')
    expect(findings.get('model')).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^[a-z0-9-]+@[^ ]+, answered \d+ rows in \d+ ms$/),
    })
  })

  test('it names everything that is broken, each with what to do, and exits 69', async () => {
    const [kafka = 0, redis = 0] = await freePorts(2)
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0

    const { code, healthy, findings } = await examine({
      KAFKA_BROKERS: `127.0.0.1:${kafka}`,
      REDIS_URL: `redis://:hidden@127.0.0.1:${redis}`,
      HAECHI_MODEL: join(folder, 'no-model'),
      HAECHI_PORT: String(port),
      HAECHI_DATA: join(packageRoot, 'package.json', 'data'),
    })
    taken.close()

    expect({ code, healthy }).toEqual({ code: 69, healthy: false })
    const failed = [...findings.values()].filter(({ status }) => status === 'failure')
    expect(failed.map(({ name }) => name)).toEqual(['model', 'kafka', 'redis', 'page port', 'data folder'])
    for (const { advice } of failed) expect(advice).toBeTruthy()
    expect(JSON.stringify([...findings.values()])).not.toContain('hidden')
  })

  test.skipIf(process.env.KAFKA_BROKERS === undefined || process.env.REDIS_URL === undefined)(
    'it finds the servers that are there',
    async () => {
      const { KAFKA_BROKERS = '', REDIS_URL = '' } = process.env

      const { code, findings } = await examine({ KAFKA_BROKERS, REDIS_URL })

      expect(code).toBe(0)
      // A broker without the topics yet is a warning.
      for (const name of ['kafka', 'redis']) expect(findings.get(name)?.status).toMatch(/^(ok|warning)$/)
    },
  )

  test('for people it prints a line each', async () => {
    const { code, stdout } = await runHaechi(['doctor'], { env: { HAECHI_DATA: folder } })

    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok {7}node {10}Node\.js \d/m)
    expect(stdout).toMatch(/^skipped {2}kafka/m)
  })
})
