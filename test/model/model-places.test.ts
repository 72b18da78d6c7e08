import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ModelLoadError } from '../../src/errors.js'
import { artifactFolders, type Place, resolveModel } from '../../src/model/model-places.js'
import { writeTinyArtifact } from './tiny-artifact.js'

let folder: string
let places: readonly Place[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-places-'))
  places = [
    { kind: 'shipped', folder: join(folder, 'shipped') },
    { kind: 'own', folder: join(folder, 'own') },
  ]
})
afterEach(() => rm(folder, { recursive: true }))

const refusal = async (given: string): Promise<string> => {
  const error = await resolveModel(given, places).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ModelLoadError)
  return String(error)
}

test('artifacts lie one or two folders deep; other folders and files are passed over', async () => {
  const own = join(folder, 'own')
  await writeTinyArtifact(join(own, 'tiny/1.0.0'))
  await writeTinyArtifact(join(own, 'tiny-next'))
  await writeTinyArtifact(join(own, '.hidden'))
  await writeTinyArtifact(join(own, 'a/b/too-deep'))
  await mkdir(join(own, 'training/labels'), { recursive: true })
  await writeFile(join(own, 'README.md'), '')

  const found = await artifactFolders({ kind: 'own', folder: own })

  expect(found).toEqual([join(own, 'tiny-next'), join(own, 'tiny/1.0.0')])
})

test('a place that is not there holds nothing', async () => {
  expect(await artifactFolders({ kind: 'own', folder: join(folder, 'nowhere') })).toEqual([])
})

test('an id and version are found by the manifest, in either place', async () => {
  const shipped = await writeTinyArtifact(join(folder, 'shipped/tiny/1.0.0'))
  const own = await writeTinyArtifact(join(folder, 'own/whatever'), { version: '1.10.0' })

  expect(await resolveModel('tiny@1.0.0', places)).toBe(shipped)
  expect(await resolveModel('tiny@1.10.0', places)).toBe(own)
})

test('a folder is taken as it is', async () => {
  await mkdir(join(folder, 'else'))

  expect(await resolveModel(join(folder, 'own/../else'), places)).toBe(join(folder, 'else'))
})

test('an unknown version is refused with the places that were searched', async () => {
  await writeTinyArtifact(join(folder, 'shipped/tiny/1.0.0'))

  const message = await refusal('tiny@2.0.0')

  for (const part of ['tiny@2.0.0', join(folder, 'shipped'), join(folder, 'own'), 'haechi model list'])
    expect(message).toContain(part)
})

test('the same id and version twice is refused, and both folders are named', async () => {
  const shipped = await writeTinyArtifact(join(folder, 'shipped/tiny/1.0.0'))
  const own = await writeTinyArtifact(join(folder, 'own/tiny/1.0.0'))

  const message = await refusal('tiny@1.0.0')

  expect(message).toContain(shipped)
  expect(message).toContain(own)
})

test('a damaged neighbour does not hide a model', async () => {
  const own = await writeTinyArtifact(join(folder, 'own/tiny/1.0.0'))
  await mkdir(join(folder, 'own/bad'))
  await writeFile(join(folder, 'own/bad/manifest.json'), '{')

  expect(await resolveModel('tiny@1.0.0', places)).toBe(own)
})

test.each([
  '../secret@1.0.0',
  'tiny/../../secret@1.0.0',
  '..@1.0.0',
  'secret@../1.0.0',
  '/@1.0.0',
  '%2e%2e@1.0.0',
])('an id that would leave its place is no id: %s', async (given) => {
  // Where a careless join of place, id and version would end.
  await writeTinyArtifact(join(folder, 'secret/1.0.0'))
  await writeTinyArtifact(join(folder, '1.0.0'))

  expect(await refusal(given)).toContain('no id@version such as')
})
