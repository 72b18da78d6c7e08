import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.js'
import { runHaechi } from '../fixtures/haechi-run.js'

// Wrong settings, models and files: each ends the built program at once, with a code and a sentence.

const folder = mkdtempSync(join(tmpdir(), 'haechi-bad-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('a bad configuration exits 78', () => {
  test.each([
    ['is not there', join(folder, 'nowhere.yaml'), /nowhere\.yaml: cannot be read/],
    ['is a folder', folder, /cannot be read/],
    ['is no YAML', write('broken.yaml', 'kafka: {brokers: ['), /broken\.yaml: cannot be read as YAML/],
    ['is a list', write('list.yaml', '- a\n'), /must be a mapping/],
    ['has an unknown key', write('typo.yaml', 'kafak: {}\n'), /kafak/],
  ])('when the file %s', async (_what, path, expected) => {
    const byFlag = await runHaechi(['feed', '--config', path])
    const byVariable = await runHaechi(['score', 'a'], { env: { HAECHI_CONFIG: path } })

    for (const { code, stdout, stderr } of [byFlag, byVariable]) {
      expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
      expect(stderr).toMatch(/^haechi: HAECHI_CONFIG: /)
      expect(stderr).toMatch(expected)
      expect(stderr).not.toContain('    at ')
    }
  })

  test('with all of its problems at once, each with where it came from, and no secret', async () => {
    const config = write(
      'many.yaml',
      'http: {prot: 1}\nusers: {strikeHalfLifeMinutes: 0}\nchannels: {a: {thresholds: {rude: 1}}}\ntwitch: {token: hidden}\n',
    )
    const env = {
      KAFKA_BROKERS: 'localhost',
      REDIS_URL: 'http://me:hidden@localhost',
      HAECHI_PORT: '70000',
      HAECHI_METRICS_PORT: 'http',
      HAECHI_LOG_LEVEL: 'loud',
      TWITCH_CHANNELS: 'two words',
      TWITCH_IRC_URL: 'irc.example',
    }

    const { code, stderr } = await runHaechi(['worker', '--config', config, '--threads', 'many'], { env })

    expect(code).toBe(78)
    for (const name of [
      ...Object.keys(env),
      '--threads',
      'prot',
      'strikeHalfLifeMinutes',
      'rude',
      'username and token',
    ])
      expect(stderr).toContain(name)
    expect(stderr).toMatch(/has 12 problem\(s\)/)
    expect(stderr).not.toContain('hidden')
  })

  test.each([
    ['worker', ['KAFKA_BROKERS', 'REDIS_URL']],
    ['feed', ['KAFKA_BROKERS', 'REDIS_URL']],
    ['bot', ['KAFKA_BROKERS']],
  ])('when %s lacks its servers, which it names with an example', async (command, variables) => {
    const { code, stderr } = await runHaechi([command])

    expect(code).toBe(78)
    for (const variable of variables)
      expect(stderr).toMatch(new RegExp(`${variable} .*for example ${variable}=`))
  })

  test('when the bot has no channel', async () => {
    const { code, stderr } = await runHaechi(['bot'], { env: { KAFKA_BROKERS: '127.0.0.1:1' } })

    expect(code).toBe(78)
    expect(stderr).toMatch(/TWITCH_CHANNELS/)
  })
})

const SHIPPED = join(packageRoot, 'models/cnn-bilstm/6.1.0')

const altered = (name: string, alter: (copy: string) => void): string => {
  const copy = join(folder, name)
  cpSync(SHIPPED, copy, { recursive: true })
  alter(copy)
  return copy
}

const flipByte = (path: string): void => {
  const bytes = readFileSync(path)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

const editManifest = (copy: string, edit: (text: string) => string): void => {
  const path = join(copy, 'manifest.json')
  writeFileSync(path, edit(readFileSync(path, 'utf8')))
}

const empty = join(folder, 'empty')
mkdirSync(empty)

describe('a bad model exits 78 and names the file', () => {
  test.each<readonly [string, string, RegExp]>([
    ['a folder that is not there', join(folder, 'no-model'), /no model folder .*HAECHI_MODEL/],
    ['an empty folder', empty, /manifest\.json/],
    [
      'one flipped bit in the model',
      altered('bit', (copy) => flipByte(join(copy, 'model.onnx'))),
      /model\.onnx/,
    ],
    [
      'a longer tokenizer',
      altered('tok', (copy) => appendFileSync(join(copy, 'tokenizer.json'), ' ')),
      /tokenizer\.json/,
    ],
    ['a missing model', altered('cut', (copy) => rmSync(join(copy, 'model.onnx'))), /model\.onnx/],
    [
      'a manifest that is no JSON',
      altered('text', (copy) => editManifest(copy, () => '{')),
      /manifest\.json/,
    ],
    [
      'another canonicaliser',
      altered('old', (copy) =>
        editManifest(copy, (text) => text.replace(/("canonicaliser": *)"[^"]*"/, '$1"0"')),
      ),
      /canonicaliser/,
    ],
  ])('%s', async (_what, path, expected) => {
    const { code, stdout, stderr } = await runHaechi(['score', '안녕'], { env: { HAECHI_MODEL: path } })

    expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
    expect(stderr).toMatch(/^haechi: HAECHI_MODEL_LOAD: /)
    expect(stderr).toMatch(expected)
    expect(stderr).not.toContain('    at ')
  })

  test('for a worker too, before it waits for its servers', async () => {
    const env = { KAFKA_BROKERS: '127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1' }

    const { code, stderr } = await runHaechi(['worker', '--model', join(folder, 'bit')], { env })

    expect(code).toBe(78)
    expect(stderr).toMatch(/HAECHI_MODEL_LOAD/)
  })
})

describe('an embedded process that cannot read or write exits 69', () => {
  test.each([
    ['a data folder below a file', join(packageRoot, 'package.json', 'data'), /HAECHI_DATA/],
    ['a data folder that cannot be written', '/proc', /\/proc/],
  ])('%s', async (_what, data, expected) => {
    const { code, stderr } = await runHaechi([
      'up',
      '--demo',
      '--data',
      data,
      '--port',
      '0',
      '--metrics-port',
      '0',
    ])

    expect(code).toBe(69)
    expect(stderr).toMatch(/^haechi: HAECHI_UNAVAILABLE: /)
    expect(stderr).toMatch(expected)
    expect(stderr).not.toContain('    at ')
  })

  test('a database that is none', async () => {
    const data = join(folder, 'garbage')
    mkdirSync(data)
    writeFileSync(join(data, 'haechi.sqlite'), 'not a database, but long enough to be looked at '.repeat(100))

    const { code, stderr } = await runHaechi([
      'up',
      '--demo',
      '--data',
      data,
      '--port',
      '0',
      '--metrics-port',
      '0',
    ])

    expect(code).toBe(69)
    expect(stderr).toMatch(/haechi\.sqlite/)
  })

  test('a file to read that is not there', async () => {
    const args = ['up', '--file', join(folder, 'none.jsonl'), '--data', join(folder, 'd'), '--port', '0']

    const { code, stderr } = await runHaechi([...args, '--metrics-port', '0'])

    expect(code).toBe(69)
    expect(stderr).toMatch(/none\.jsonl/)
  })
})
