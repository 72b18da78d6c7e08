import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SHIPPED_MODEL } from '../../src/app-judging.js'
import { headlineOf, summarise } from '../../src/model/artifact-summary.js'
import { packageRoot } from '../../src/package-root.js'
import { writeTinyArtifact } from './tiny-artifact.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-summary-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the model that ships has a licence and a headline', async () => {
  const { id, licence, metrics, missing } = await summarise(join(packageRoot, SHIPPED_MODEL))

  expect({ id, missing }).toEqual({ id: 'cnn-bilstm', missing: [] })
  expect(licence).toMatch(/\w/)
  for (const name of ['averagePrecision', 'f1', 'flagRate'] as const) expect(metrics[name]).toBeGreaterThan(0)
})

test('an artifact without a licence and metrics has none, and its size is that of all its files', async () => {
  await writeTinyArtifact(folder)

  const summary = await summarise(folder)

  const names = ['manifest.json', 'model.onnx', 'tokenizer.json']
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  expect(summary.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
  expect(summary).toMatchObject({ id: 'tiny', version: '1.0.0', precision: 'fp32', metrics: {} })
  expect(summary).not.toHaveProperty('licence')
})

test('a file that is not there is named and counts nothing', async () => {
  await writeTinyArtifact(folder)
  await rm(join(folder, 'model.onnx'))

  expect((await summarise(folder)).missing).toEqual(['model.onnx'])
})

test.each([
  [undefined, {}],
  [null, {}],
  ['many', {}],
  [{ sets: 'none', rawChatFlagRate: 0.01 }, { flagRate: 0.01 }],
  [{ sets: { 'chat-valid': { averagePrecision: '0.9', f1: 0.8 } }, rawChatFlagRate: null }, { f1: 0.8 }],
])('the headline of %j is %j', (metrics, expected) => {
  expect(headlineOf(metrics)).toEqual(expected)
})

test('a strange licence or strange metrics do not make a model unusable', async () => {
  await writeTinyArtifact(folder, { manifest: { licence: { name: 'x' }, metrics: [1] } })

  expect((await summarise(folder)).metrics).toEqual({})
})
