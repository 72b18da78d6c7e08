import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SHIPPED_MODEL } from '../src/app-judging.js'
import { createModels, type Models } from '../src/app-models.js'
import { changeText } from '../src/bin/model-text.js'
import { loadConfig } from '../src/config.js'
import { ModelLoadError, UnavailableError, UsageError } from '../src/errors.js'
import { promotionFile, readPromotions } from '../src/model/promotion-file.js'
import { flipBit, writeTinyArtifact } from './model/tiny-artifact.js'

let folder: string
let data: string
let shipped: string
let seconds = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-models-'))
  data = join(folder, 'data')
  shipped = await writeTinyArtifact(join(folder, 'package', SHIPPED_MODEL))
})
afterEach(() => rm(folder, { recursive: true }))

const modelsOf = (env: Readonly<Record<string, string>> = {}): Models =>
  createModels(loadConfig({ env: { HAECHI_DATA: data, HAECHI_SECOND_MODEL: 'none', ...env } }), {
    root: join(folder, 'package'),
    now: () => new Date(Date.UTC(2026, 10, 26, 0, 0, seconds++)),
  })

const own = (version: string, rest = {}): Promise<string> =>
  writeTinyArtifact(join(data, 'models/tiny', version), { version, ...rest })

const chosen = async (models = modelsOf()) => {
  const { current, models: all } = await models.list()
  return { by: current?.by, version: all.find((each) => each.current)?.version }
}

const errorOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('list', () => {
  test('names what ships and what is one’s own, by version, and what is current and why', async () => {
    await own('1.10.0')
    await own('1.2.0', { manifest: { canonicaliser: '1', licence: 'MIT' } })

    const { models, places, current } = await modelsOf().list()

    expect(current).toEqual({ folder: shipped, by: 'shipped' })
    expect(models.map(({ version, place, fits, current: is }) => [version, place, fits, is])).toEqual([
      ['1.0.0', 'shipped', true, true],
      ['1.2.0', 'own', false, false],
      ['1.10.0', 'own', true, false],
    ])
    expect(models[1]).toMatchObject({ licence: 'MIT', problem: expect.stringContaining('canonicaliser 1') })
    expect(places.map(({ kind, exists }) => [kind, exists])).toEqual([
      ['shipped', true],
      ['own', true],
    ])
  })

  test('HAECHI_MODELS is where one’s own are instead', async () => {
    await writeTinyArtifact(join(folder, 'mine/tiny/3.0.0'), { version: '3.0.0' })

    const { models } = await modelsOf({ HAECHI_MODELS: join(folder, 'mine') }).list()

    expect(models.map(({ version }) => version)).toEqual(['1.0.0', '3.0.0'])
  })

  test('a model set by its path is listed, current, and wins over a promoted one', async () => {
    await modelsOf().promote(await own('1.1.0'))
    const set = await writeTinyArtifact(join(folder, 'elsewhere'), { version: '4.0.0' })

    const models = modelsOf({ HAECHI_MODEL: set })

    expect(await chosen(models)).toEqual({ by: 'HAECHI_MODEL', version: '4.0.0' })
    expect((await models.list()).models.find(({ folder: each }) => each === set)?.place).toBe('elsewhere')
  })

  test('a damaged manifest, a lost file and a lost folder are problems of theirs, not of the list', async () => {
    const lost = await writeTinyArtifact(join(folder, 'lost'), { version: '9.0.0' })
    await modelsOf().promote(lost)
    await rm(lost, { recursive: true })
    await rm(join(await own('1.1.0'), 'model.onnx'))
    await flipBit(join(await own('1.2.0', { manifest: { id: '..' } }), 'manifest.json'))

    const { models } = await modelsOf().list()

    const problems = new Map(models.map((each) => [each.folder, each.problem]))
    expect(problems.get(lost)).toContain('no model folder')
    expect(problems.get(join(data, 'models/tiny/1.1.0'))).toContain('model.onnx missing')
    expect(problems.get(join(data, 'models/tiny/1.2.0'))).toContain('manifest.json')
    expect(problems.get(shipped)).toBeUndefined()
  })

  test('what cannot be read stands last', async () => {
    const unread = await own('1.1.0')
    await writeFile(join(unread, 'manifest.json'), '{')

    const { models } = await modelsOf().list()

    expect(models.map(({ folder: each }) => each)).toEqual([shipped, unread])
  })
})

describe('verify', () => {
  const failed = async (given?: string) => {
    const { healthy, findings } = await modelsOf().verify(given)
    return { healthy, failed: findings.filter(({ status }) => status === 'failure').map(({ name }) => name) }
  }

  test('a whole artifact loads and answers; without a name the one that a worker loads is looked at', async () => {
    const { healthy, model, findings } = await modelsOf().verify()

    expect({ healthy, model }).toEqual({ healthy: true, model: 'tiny@1.0.0' })
    expect(findings.map(({ name, status }) => [name, status])).toEqual(
      ['manifest', 'canonicaliser', 'file model.onnx', 'file tokenizer.json', 'runtime'].map((name) => [
        name,
        'ok',
      ]),
    )
    expect(findings.at(-1)?.detail).toMatch(/^loaded in \d+ ms, answered \d+ rows in \d+ ms$/)
  })

  test('every damaged file is named', async () => {
    const damaged = await own('1.1.0')
    await flipBit(join(damaged, 'model.onnx'))
    await rm(join(damaged, 'tokenizer.json'))

    expect(await failed('tiny@1.1.0')).toEqual({
      healthy: false,
      failed: ['file model.onnx', 'file tokenizer.json'],
    })
  })

  test('another canonicaliser is found', async () => {
    await own('1.1.0', { manifest: { canonicaliser: '1' } })

    expect(await failed('tiny@1.1.0')).toEqual({ healthy: false, failed: ['canonicaliser'] })
  })

  test('a model that is whole but knows fewer pieces than its tokenizer does not answer', async () => {
    await own('1.1.0', { pieces: 140 })

    expect(await failed('tiny@1.1.0')).toEqual({ healthy: false, failed: ['runtime'] })
  })

  test('a folder that is not there, and a name that is unknown, are not healthy', async () => {
    expect(await failed(join(folder, 'nowhere'))).toEqual({ healthy: false, failed: ['folder'] })
    expect(await failed('tiny@7.0.0')).toEqual({ healthy: false, failed: ['folder'] })
  })

  test('of a damaged file of promotions it is that file which cannot be used', async () => {
    await mkdir(data)
    await writeFile(promotionFile(data), '{')

    expect(await modelsOf().verify()).toMatchObject({
      healthy: false,
      folder: promotionFile(data),
      findings: [{ name: 'folder', status: 'failure' }],
    })
  })

  test('a promoted model that was replaced in its folder is found', async () => {
    const promoted = await own('1.1.0')
    await modelsOf().promote(promoted)
    await writeTinyArtifact(promoted, { version: '1.1.0', manifest: { precision: 'int8' } })

    expect(await failed()).toEqual({ healthy: false, failed: ['promotion'] })
  })
})

describe('promote and rollback', () => {
  test('twice there and twice back', async () => {
    const models = modelsOf()
    await own('1.1.0')
    await own('1.2.0')

    await models.promote('tiny@1.1.0')
    const second = await models.promote('tiny@1.2.0')

    expect(second).toMatchObject({
      model: 'tiny@1.2.0',
      by: 'promoted',
      changed: true,
      replaced: 'tiny@1.1.0',
    })
    expect(await chosen()).toEqual({ by: 'promoted', version: '1.2.0' })
    expect(await models.rollback()).toMatchObject({
      model: 'tiny@1.1.0',
      by: 'promoted',
      replaced: 'tiny@1.2.0',
    })
    expect(await chosen()).toEqual({ by: 'promoted', version: '1.1.0' })
    expect(await models.rollback()).toMatchObject({
      model: 'tiny@1.0.0',
      by: 'shipped',
      replaced: 'tiny@1.1.0',
    })
    expect(await chosen()).toEqual({ by: 'shipped', version: '1.0.0' })
    expect(await errorOf(models.rollback())).toBeInstanceOf(UsageError)
    const promotions = (await models.list()).promotions
    expect(promotions.map(({ version, rolledBackAt }) => [version, rolledBackAt !== undefined])).toEqual([
      ['1.1.0', true],
      ['1.2.0', true],
    ])
  })

  test('it is said when the second model that is set cannot come after what is promoted', async () => {
    const HAECHI_SECOND_MODEL = await writeTinyArtifact(join(folder, 'second'))
    await own('1.1.0')

    const change = await modelsOf({ HAECHI_SECOND_MODEL }).promote('tiny@1.1.0')
    expect(change).toMatchObject({ changed: true, unfitSecond: expect.stringContaining('section "second"') })
    expect(changeText(change)).toContain(
      'but workers with the second model that is set here will not start: ',
    )

    expect(await modelsOf({ HAECHI_SECOND_MODEL: 'none' }).promote('tiny@1.1.0')).not.toHaveProperty(
      'unfitSecond',
    )
  })

  test('what is promoted again is not promoted twice', async () => {
    await modelsOf().promote(await own('1.1.0'))

    expect(await modelsOf().promote('tiny@1.1.0')).toMatchObject({ changed: false })
    expect(await readPromotions(promotionFile(data))).toHaveLength(1)
  })

  test('a damaged model is not promoted, and the one before stays', async () => {
    await modelsOf().promote(await own('1.1.0'))
    const damaged = await own('1.2.0')
    await flipBit(join(damaged, 'model.onnx'))
    const before = readFileSync(promotionFile(data), 'utf8')

    const error = await errorOf(modelsOf().promote(damaged))

    expect(error).toBeInstanceOf(ModelLoadError)
    expect(String(error)).toMatch(/nothing has changed.*\n.*model\.onnx is not the file/)
    expect(readFileSync(promotionFile(data), 'utf8')).toBe(before)
  })

  test('a rollback does not go to a model that is gone, and says what else can be done', async () => {
    const models = modelsOf()
    await models.promote(await own('1.1.0'))
    await models.promote(await own('1.2.0'))
    await rm(join(data, 'models/tiny/1.1.0'), { recursive: true })

    const error = await errorOf(models.rollback())

    expect(error).toBeInstanceOf(ModelLoadError)
    expect(String(error)).toMatch(/tiny@1\.1\.0, cannot be used, and nothing has changed.*promote another/)
    expect(await chosen()).toEqual({ by: 'promoted', version: '1.2.0' })
    expect(await models.promote('tiny@1.0.0')).toMatchObject({ by: 'promoted', changed: true })
  })

  test('a rollback goes back from a model that is gone', async () => {
    await modelsOf().promote(await own('1.1.0'))
    await rm(join(data, 'models'), { recursive: true })

    expect(await modelsOf().rollback()).toMatchObject({ model: 'tiny@1.0.0', by: 'shipped' })
  })

  test('promotions at the same time are all in the history, and the last one is current', async () => {
    const versions = ['1.1.0', '1.2.0', '1.3.0', '1.4.0']
    for (const version of versions) await own(version)

    await Promise.all(versions.map((version) => modelsOf().promote(`tiny@${version}`)))

    const promotions = await readPromotions(promotionFile(data))
    expect(promotions.map(({ version }) => version).toSorted()).toEqual(versions)
    expect((await chosen()).version).toBe(promotions.at(-1)?.version)
  })

  test('two rollbacks at the same time go back once, or one after the other', async () => {
    await modelsOf().promote(await own('1.1.0'))
    await modelsOf().promote(await own('1.2.0'))

    const outcomes = await Promise.all([errorOf(modelsOf().rollback()), errorOf(modelsOf().rollback())])

    const refused = outcomes.filter((error) => error !== undefined)
    for (const error of refused) expect(error).toBeInstanceOf(UnavailableError)
    expect(await chosen()).toEqual(
      refused.length === 0 ? { by: 'shipped', version: '1.0.0' } : { by: 'promoted', version: '1.1.0' },
    )
  })

  test('a setting that wins over what is promoted is told', async () => {
    const change = await modelsOf({ HAECHI_MODEL: shipped }).promote(await own('1.1.0'))

    expect(change.overriddenBy).toBe('HAECHI_MODEL')
  })
})
