import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SHIPPED_MODEL } from '../src/app-judging.js'
import { createModels, type Models } from '../src/app-models.js'
import { loadConfig } from '../src/config.js'
import { writeTinyArtifact } from './model/tiny-artifact.js'

let folder: string
let data: string
let root: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-moved-'))
  data = join(folder, 'data')
  root = join(folder, 'package')
  await writeTinyArtifact(join(root, SHIPPED_MODEL))
  await writeTinyArtifact(join(data, 'models/tiny/1.1.0'), { version: '1.1.0' })
})
afterEach(() => rm(folder, { recursive: true }))

const modelsOf = (): Models => createModels(loadConfig({ env: { HAECHI_DATA: data } }), { root })

const chosen = async () => {
  const { current, models } = await modelsOf().list()
  return { by: current?.by, version: models.find((each) => each.current)?.version }
}

const moveData = async (): Promise<void> => {
  const moved = join(folder, 'other-data')
  await rename(data, moved)
  data = moved
}

const movePackage = async (): Promise<void> => {
  const moved = join(folder, 'other-package')
  await rename(root, moved)
  root = moved
}

test('a model in the data folder is still current where that is moved', async () => {
  await modelsOf().promote('tiny@1.1.0')

  await moveData()

  expect(await chosen()).toEqual({ by: 'promoted', version: '1.1.0' })
})

test('a model that ships is still current where the package is moved, and the data folder too', async () => {
  await modelsOf().promote('tiny@1.0.0')

  await movePackage()
  await moveData()

  expect(await chosen()).toEqual({ by: 'promoted', version: '1.0.0' })
  expect(await modelsOf().verify()).toMatchObject({ healthy: true, folder: join(root, SHIPPED_MODEL) })
  expect(await modelsOf().promote('tiny@1.0.0')).toMatchObject({ changed: false })
})

test('a rollback goes back to a model of a package that was moved', async () => {
  await modelsOf().promote('tiny@1.0.0')
  await modelsOf().promote('tiny@1.1.0')
  await movePackage()

  const change = await modelsOf().rollback()

  expect(change).toMatchObject({ by: 'promoted', folder: join(root, SHIPPED_MODEL) })
})

test('an update that ships another model in the same folder is found', async () => {
  await modelsOf().promote('tiny@1.0.0')
  await writeTinyArtifact(join(root, SHIPPED_MODEL), { manifest: { precision: 'int8' } })

  const { healthy, findings } = await modelsOf().verify()

  expect(healthy).toBe(false)
  expect(findings.at(-1)).toMatchObject({ name: 'promotion', status: 'failure' })
})
