import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJudging, SHIPPED_MODEL } from '../src/app-judging.js'
import { createModels } from '../src/app-models.js'
import { createClosers } from '../src/closers.js'
import { type ConfigInput, loadConfig } from '../src/config.js'
import { ModelLoadError } from '../src/errors.js'
import { promotionFile } from '../src/model/promotion-file.js'
import { packageRoot } from '../src/package-root.js'
import type { Logger } from '../src/telemetry/logger.js'
import { flipBit, writeTinyArtifact } from './model/tiny-artifact.js'

let folder: string
let data: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-judging-'))
  data = join(folder, 'data')
})
afterEach(() => rm(folder, { recursive: true }))

const configOf = (input: Partial<ConfigInput> = {}) =>
  loadConfig({ ...input, env: { HAECHI_DATA: data, ...input.env } })

/** Opens and closes it; gives what the log said of the model. */
const loaded = async (input: Partial<ConfigInput> = {}): Promise<unknown> => {
  const said: unknown[] = []
  const log = (fields: unknown): void => {
    said.push(fields)
  }
  const logger: Logger = { debug: log, info: log, warn: log, error: log }
  const closers = createClosers()
  try {
    await openJudging(configOf(input), closers, logger)
  } finally {
    await closers.closeAll()
  }
  expect(said).toHaveLength(1)
  return said[0]
}

const promoted = async (version = '1.1.0'): Promise<string> => {
  const model = await writeTinyArtifact(join(folder, 'own', version), { version })
  await createModels(configOf()).promote(model)
  return model
}

const refusal = async (): Promise<string> => {
  const error = await loaded().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ModelLoadError)
  return String(error)
}

test('where nothing is promoted or set, the model that ships is loaded, and the log says so', async () => {
  expect(await loaded()).toMatchObject({ folder: join(packageRoot, SHIPPED_MODEL), chosenBy: 'shipped' })
})

test('a promoted model is loaded instead', async () => {
  const model = await promoted()

  expect(await loaded()).toEqual({
    model: expect.stringMatching(/^tiny@1\.1\.0\+[0-9a-f]{12}$/),
    folder: model,
    chosenBy: 'promoted',
  })
})

test('a flag, HAECHI_MODEL and the configuration win over what is promoted, each under its name', async () => {
  await rm(await promoted(), { recursive: true })
  const set = await writeTinyArtifact(join(folder, 'set'))
  const file = join(folder, 'haechi.yaml')
  await writeFile(file, JSON.stringify({ model: { path: set } }))

  expect(await loaded({ env: { HAECHI_MODEL: set } })).toMatchObject({
    folder: set,
    chosenBy: 'HAECHI_MODEL',
  })
  expect(await loaded({ flags: [[['model', 'path'], '--model', set]] })).toMatchObject({
    chosenBy: '--model',
  })
  expect(await loaded({ file })).toMatchObject({ folder: set, chosenBy: 'configuration' })
})

test('a promoted model that is gone is refused, with how to go back', async () => {
  const model = await promoted()
  await rm(model, { recursive: true })

  const message = await refusal()

  expect(message).toContain('the promoted model tiny@1.1.0 cannot be used')
  expect(message).toContain('haechi model rollback')
  expect(message).toContain(model)
})

test('a promoted model that is damaged is refused, with how to go back and the file', async () => {
  await flipBit(join(await promoted(), 'model.onnx'))

  const message = await refusal()

  expect(message).toContain('haechi model rollback')
  expect(message).toContain('model.onnx is not the file')
})

test('another model in the folder of a promoted one is refused', async () => {
  await writeTinyArtifact(await promoted(), { version: '1.1.0', manifest: { precision: 'int8' } })

  expect(await refusal()).toContain('holds another model than the one that was promoted')
})

test('a damaged file of promotions is refused, unless a setting names the model', async () => {
  await mkdir(data)
  await writeFile(promotionFile(data), '{')
  const set = await writeTinyArtifact(join(folder, 'set'))

  expect(await refusal()).toContain(promotionFile(data))
  expect(await loaded({ env: { HAECHI_MODEL: set } })).toMatchObject({ folder: set })
})
