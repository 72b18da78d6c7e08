import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Category } from '../../src/domain/verdict.js'
import { ModelLoadError } from '../../src/errors.js'
import { loadArtifact } from '../../src/model/manifest.js'
import { TINY_SECTION, tinyRows } from './tiny-linear.js'
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

/** Gives the artifact a linear stage. */
async function addLinear(change: Record<string, unknown> = {}, rows = tinyRows({})): Promise<string> {
  const sha256 = createHash('sha256').update(rows).digest('hex')
  await writeFile(join(folder, 'linear.bin'), rows)
  const { files }: { files: object } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  await editManifest({ files: { ...files, 'linear.bin': sha256 }, linear: { ...TINY_SECTION, ...change } })
  return sha256
}

/** The gates of the tiny section with other numbers for some categories. */
const clearing = (
  change: Partial<Record<'below' | 'slope' | 'offset', Partial<Record<Category, number>>>>,
): Record<string, unknown> => {
  const { below, slope, offset } = TINY_SECTION.clears
  return {
    clears: {
      below: { ...below, ...change.below },
      slope: { ...slope, ...change.slope },
      offset: { ...offset, ...change.offset },
    },
  }
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
  await editManifest({ thresholds: { ...before.thresholds.chat, abusive: 0.9 } })

  const after = await load()

  expect(after.versions).toEqual({ ...before.versions, thresholds: after.versions.thresholds })
  expect(after.versions.thresholds).not.toBe(before.versions.thresholds)
})

test('board posts have the thresholds of chat but where the manifest says otherwise, which is a version', async () => {
  const before = await load()
  await editManifest({ boardThresholds: { abusive: 0.9 } })
  const after = await load()
  await editManifest({ boardThresholds: { insult: 0.9 } })
  const other = await load()

  expect(before.thresholds.board).toEqual(before.thresholds.chat)
  expect(after.thresholds).toEqual({
    chat: before.thresholds.chat,
    board: { ...before.thresholds.chat, abusive: 0.9 },
  })
  expect(new Set([before, after, other].map(({ versions }) => versions.thresholds)).size).toBe(3)
})

test.each([{ abusive: 0 }, { rude: 0.5 }, { abusive: null }])(
  'thresholds for board posts that are none are refused: %j',
  async (boardThresholds) => {
    await editManifest({ boardThresholds })

    expect(await refusal(load())).toContain('- boardThresholds')
  },
)

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

test('an artifact without a linear section has no linear stage', async () => {
  expect(await load()).not.toHaveProperty('linear')
})

test('a linear section comes with its file, whose bytes are verified', async () => {
  const sha256 = await addLinear()

  expect((await load()).linear).toEqual({ ...TINY_SECTION, path: join(folder, 'linear.bin'), sha256 })
  await writeFile(join(folder, 'linear.bin'), tinyRows({ a: { code: 1 } }))
  expect(await refusal(load())).toContain('linear.bin is not the file that the manifest names')
})

test('a linear section whose file the manifest does not list is refused', async () => {
  await editManifest({ linear: TINY_SECTION })

  expect(await refusal(load())).toContain('must list linear.bin')
})

test.each([
  ['buckets', { buckets: 3000 }, 'must be a power of two'],
  ['buckets', { buckets: 0 }, ''],
  ['maxGram', { maxGram: 7 }, ''],
  ['maxGram', { maxGram: 2.5 }, ''],
  ['idfStep', { idfStep: 0 }, ''],
  ['bias.threat', { bias: { ...TINY_SECTION.bias, threat: null } }, ''],
  ['share.mild', { share: { ...TINY_SECTION.share, mild: undefined } }, ''],
  ['clears.slope', { clears: { below: TINY_SECTION.bias, offset: TINY_SECTION.bias } }, ''],
  ['clears.slope.hate', clearing({ slope: { hate: -0.01 } }), 'must not be negative'],
  // -4 x 0.5 + 2 is a probability of 0.5, the threshold.
  ['clears.below.threat', clearing({ offset: { threat: 2 } }), 'must be below the threshold'],
  ['clears.below.abusive', clearing({ below: { abusive: 2 } }), 'must be below the threshold'],
  ['clears.below.mild', clearing({ slope: { mild: 1e308 }, below: { mild: 1e308 } }), 'must be below'],
])('a linear section with a wrong %s is refused: %j', async (field, change, detail) => {
  await addLinear(change)

  const message = await refusal(load())

  expect(message).toContain(`- linear.${field}`)
  expect(message).toContain(detail)
})

test('a linear stage may come just below a threshold, and is calibrated before it is compared', async () => {
  await addLinear(clearing({ offset: { threat: 1.99 } }))
  expect((await load()).linear?.clears.offset.threat).toBe(1.99)
  const { calibration } = await load()

  for (const threat of [
    { scale: 1, bias: 0.02 },
    { scale: -1, bias: -9 },
  ]) {
    await editManifest({ calibration: { ...calibration, threat } })
    expect(await refusal(load())).toContain('- linear.clears.below.threat')
  }
})

test('a linear stage must also stay below the thresholds of board posts', async () => {
  await addLinear()
  // -4 x 0.5 - 1 is a probability of 0.047.
  await editManifest({ boardThresholds: { threat: 0.05 } })
  expect((await load()).thresholds.board.threat).toBe(0.05)
  await editManifest({ boardThresholds: { threat: 0.04 } })

  expect(await refusal(load())).toContain('- linear.clears.below.threat')
})

test('other numbers or weights of the linear stage are another version of the thresholds', async () => {
  const versions = [(await load()).versions.thresholds]
  const { clears, steps } = TINY_SECTION
  const changes = [
    {},
    { idfStep: 0.25 },
    { steps: { ...steps, mild: 1 } },
    { share: { ...steps, hate: 2 } },
    { bias: steps },
    { clears: { ...clears, below: { ...clears.below, threat: -4.5 } } },
    { clears: { ...clears, slope: steps } },
    { clears: { ...clears, offset: clears.slope } },
  ]

  for (const change of changes) {
    await addLinear(change)
    versions.push((await load()).versions.thresholds)
  }
  await addLinear({}, tinyRows({ a: { code: 1 } }))
  versions.push((await load()).versions.thresholds)

  expect(new Set(versions).size).toBe(changes.length + 2)
})
