import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ModelLoadError } from '../../src/errors.js'
import { loadArtifact } from '../../src/model/manifest.js'
import { TINY_FOLDER } from './tiny-model.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-artifact-'))
  await cp(TINY_FOLDER, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

async function editManifest(change: Record<string, unknown>): Promise<void> {
  const path = join(folder, 'manifest.json')
  const manifest: object = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...manifest, ...change }))
}

const load = (canonicaliser = 'tiny') => loadArtifact(folder, { canonicaliser })

async function refusal(load: Promise<unknown>): Promise<string> {
  const error = await load.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ModelLoadError)
  return String(error)
}

test('an artifact carries its versions, each bound to what it names', async () => {
  const { versions, sha256, modelPath, window } = await load()

  expect(modelPath).toBe(join(folder, 'model.onnx'))
  expect(window).toEqual({ tokens: 16, stride: 12 })
  expect(versions.model).toBe(`tiny@1.0.0+${sha256.slice(0, 12)}`)
  expect(versions.tokenizer).toMatch(/^[0-9a-f]{12}$/)
  expect(versions.thresholds).toMatch(/^[0-9a-f]{12}$/)
  expect(versions.canonicaliser).toBe('tiny')
})

test('another threshold is another version of the thresholds', async () => {
  const before = await load()
  await editManifest({ thresholds: { ...before.thresholds, abusive: 0.9 } })

  const after = await load()

  expect(after.versions).toEqual({ ...before.versions, thresholds: after.versions.thresholds })
  expect(after.versions.thresholds).not.toBe(before.versions.thresholds)
})

test('a missing folder is named, with the setting that chooses it', async () => {
  const message = await refusal(loadArtifact(join(folder, 'nowhere'), { canonicaliser: 'tiny' }))

  expect(message).toContain(join(folder, 'nowhere'))
  expect(message).toContain('HAECHI_MODEL')
})

test.each(['manifest.json', 'model.onnx', 'tokenizer.json'])('a missing %s is named', async (name) => {
  await rm(join(folder, name))

  expect(await refusal(load())).toContain(join(folder, name))
})

test.each(['model.onnx', 'tokenizer.json'])('one changed byte in %s is refused', async (name) => {
  const bytes = await readFile(join(folder, name))
  bytes[0] = (bytes[0] ?? 0) ^ 1
  await writeFile(join(folder, name), bytes)

  expect(await refusal(load())).toContain(`${name} is not the file that the manifest names`)
})

test('a model for another canonicaliser is refused', async () => {
  expect(await refusal(load('2'))).toContain('canonicaliser tiny, this Haechi has 2')
})

test('a manifest that is not JSON is refused', async () => {
  await writeFile(join(folder, 'manifest.json'), '{"id":')

  expect(await refusal(load())).toContain('is not JSON')
})

test('every problem of a manifest is listed', async () => {
  await editManifest({ labels: ['abusive'], thresholds: { abusive: 2 }, window: { tokens: 8, stride: 9 } })

  const message = await refusal(load())

  for (const problem of ['labels', 'thresholds.abusive', 'thresholds.threat', 'window']) {
    expect(message).toContain(`- ${problem}`)
  }
})

test('a manifest that reaches outside of its folder is refused', async () => {
  const outside = Object.fromEntries(
    ['model.onnx', 'tokenizer.json', '../secret'].map((name) => [name, '0'.repeat(64)]),
  )
  await editManifest({ files: outside })

  expect(await refusal(load())).toContain('plain file name')
})
