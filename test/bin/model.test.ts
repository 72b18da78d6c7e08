import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ModelList } from '../../src/app-model-list.js'
import { COMMON_OPTIONS } from '../../src/bin/command.js'
import { model } from '../../src/bin/commands/model.js'
import { changeText, listText, painter, verificationText } from '../../src/bin/model-text.js'
import { UsageError } from '../../src/errors.js'
import { flipBit, writeTinyArtifact } from '../model/tiny-artifact.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-model-'))
})
afterEach(() => rm(folder, { recursive: true }))

const run = async (...args: readonly string[]) => {
  const printed: string[] = []
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...COMMON_OPTIONS, ...model.options },
    allowPositionals: true,
  })
  const code = await model.run({
    values,
    positionals,
    env: { HAECHI_DATA: join(folder, 'data'), HAECHI_MODELS: folder },
    signal: new AbortController().signal,
    print: (line) => printed.push(line),
  })
  return { code, text: printed.join('\n') }
}

describe('haechi model', () => {
  test('verify exits 0 for a whole model and 1 for a damaged one, in text and JSON', async () => {
    const whole = await writeTinyArtifact(join(folder, 'tiny/1.0.0'))
    const damaged = await writeTinyArtifact(join(folder, 'tiny/1.1.0'), { version: '1.1.0' })
    await flipBit(join(damaged, 'model.onnx'))

    const good = await run('verify', whole)
    const bad = await run('verify', 'tiny@1.1.0', '--json')

    expect(good).toMatchObject({ code: 0, text: expect.stringMatching(/^ok +manifest[\s\S]* can be used$/) })
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.text)).toMatchObject({ healthy: false, folder: damaged, model: 'tiny@1.1.0' })
  })

  test('promote, list and rollback answer in JSON', async () => {
    await writeTinyArtifact(join(folder, 'tiny/1.0.0'))

    const promoted = await run('promote', 'tiny@1.0.0', '--json')
    const list = await run('list', '--json')

    expect(promoted.code).toBe(0)
    expect(JSON.parse(promoted.text)).toMatchObject({ model: 'tiny@1.0.0', by: 'promoted', changed: true })
    expect(JSON.parse(list.text)).toMatchObject({ current: { by: 'promoted' }, promotions: [{ id: 'tiny' }] })
    expect(JSON.parse((await run('rollback', '--json')).text)).toMatchObject({ by: 'shipped' })
  })

  test.each([
    [[], /list, verify, promote, rollback/],
    [['delete'], /unknown action "delete"/],
    [['promote'], /promote needs a FOLDER or ID@VERSION/],
    [['promote', ''], /not an empty name/],
    [['promote', 'a', 'b'], /promote takes one model/],
    [['list', 'a'], /list takes no model/],
    [['rollback', 'a'], /rollback takes no model/],
  ])('%j is a wrong command line', async (args, expected) => {
    const running = run(...args)

    await expect(running).rejects.toThrow(UsageError)
    await expect(running).rejects.toThrow(expected)
  })
})

const LIST: ModelList = {
  current: { folder: '/own/b', by: 'promoted' },
  models: [
    {
      id: 'cnn',
      version: '2.0.0',
      sha256: '0'.repeat(64),
      bytes: 8_719_059,
      canonicaliser: '2',
      precision: 'fp32',
      licence: 'CC-BY\u001b[2J',
      metrics: { averagePrecision: 0.9038, f1: 0.8175, flagRate: 0.00732 },
      missing: [],
      folder: '/shipped/a',
      place: 'shipped',
      fits: true,
      current: false,
      second: false,
      previous: true,
    },
    {
      folder: '/own/b',
      place: 'own',
      fits: false,
      current: true,
      second: false,
      previous: false,
      problem: '/own/b/manifest.json is not JSON:\n  restore it',
    },
  ],
  places: [
    { kind: 'shipped', folder: '/shipped', exists: true },
    { kind: 'own', folder: '/own', exists: false },
  ],
  promotions: [
    {
      id: 'cnn',
      version: '2.1.0',
      folder: '/own/b',
      manifestSha256: '0'.repeat(64),
      promotedAt: '2026-11-26T00:00:00.000Z',
    },
  ],
}

const plain = painter(false)
const ESCAPE = '\u001b'

describe('for people', () => {
  test('a second model is marked, with what chose it', () => {
    const models = LIST.models.map((model) => ({ ...model, second: !model.current }))
    const second = { folder: '/shipped/a', by: '--second-model' } as const

    const text = listText({ ...LIST, second, models }, plain)

    expect(text).toMatch(/^\+ +cnn@2\.0\.0 /m)
    expect(text).toContain('+ cnn@2.0.0 is asked what that one leaves in doubt: --second-model names it')
  })

  test('the list has figures, what is current and why, what a rollback goes to, and problems', () => {
    const text = listText(LIST, plain)

    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^< {2}cnn@2\.0\.0 +8\.7 MB +yes +fp32 .* 0\.904 +0\.818 +0\.73 % +\/shipped\/a$/,
        ),
        expect.stringMatching(/^\* {2}\? +- +no .*\/own\/b$/),
        '     /own/b/manifest.json is not JSON:',
        '* /own/b is what a worker loads here: it was promoted',
        '< cnn@2.0.0 is what `haechi model rollback` goes to',
        '  your own models: /own (not there)',
        '  2026-11-26T00:00:00.000Z  cnn@2.1.0',
      ]),
    )
  })

  test('nothing in a manifest reaches the terminal as a control character', () => {
    expect(listText(LIST, plain)).not.toContain(ESCAPE)
  })

  test('a file of promotions that cannot be read is what the list says of the current model', () => {
    const { current: _, ...rest } = LIST

    expect(listText({ ...rest, problem: 'model.json is damaged' }, plain)).toContain(
      'no worker can start: model.json is damaged',
    )
  })

  test('colours are there only when they are wanted', () => {
    const verification = {
      healthy: false,
      folder: '/own/b',
      findings: [{ name: 'manifest', status: 'failure', detail: 'gone:\n  restore it' }] as const,
    }

    expect(verificationText(verification, plain)).toBe(
      'failure  manifest  gone: restore it\n/own/b cannot be used',
    )
    expect(verificationText(verification, painter(true))).toContain(`${ESCAPE}[31mfailure`)
  })

  test('a change says what workers load, what it replaced, and what wins over it', () => {
    const change = { model: 'cnn@2.1.0', folder: '/own/b', by: 'promoted', changed: true } as const

    expect(changeText({ ...change, replaced: 'cnn@2.0.0', overriddenBy: 'HAECHI_MODEL' })).toMatch(
      /workers load cnn@2\.1\.0 .*before: cnn@2\.0\.0\); restart[\s\S]*HAECHI_MODEL names a model here, which wins/,
    )
    expect(changeText({ ...change, changed: false })).toContain('already')
    expect(changeText({ ...change, by: 'shipped' })).toContain('nothing is promoted now')
  })
})
