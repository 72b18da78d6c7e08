import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ModelLoadError } from '../../src/errors.js'
import { loadArtifact } from '../../src/model/manifest.js'
import { perCategory } from '../../src/model/per-category.js'
import { secondStageOf } from '../../src/model/second-stage.js'
import { CANONICALISER_VERSION } from '../../src/text/views.js'
import { writeTinyArtifact } from './tiny-artifact.js'
import { TINY_SECTION } from './tiny-linear.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-second-'))
})
afterEach(() => rm(folder, { recursive: true }))

const load = (path: string) => loadArtifact(path, { canonicaliser: CANONICALISER_VERSION })
const loadFirst = async () => load(await writeTinyArtifact(join(folder, 'first')))

const SECTION = {
  after: '',
  band: { low: 0.05, high: 0.95 },
  share: perCategory(() => 0.5),
  calibration: perCategory(() => ({ scale: 1, bias: 0 })),
  thresholds: perCategory(() => 0.6),
}

interface Given {
  /** Over a section that fits; undefined: none. */
  readonly section?: Readonly<Record<string, unknown>> | undefined
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly pieces?: number
}

const loadBoth = async ({ section = {}, manifest = {}, pieces = 100 }: Given = {}) => {
  const first = await loadFirst()
  const second = { ...SECTION, after: first.versions.model, ...section }
  const path = join(folder, 'second')
  await writeTinyArtifact(path, { version: '2.0.0', pieces, manifest: { second, ...manifest } })
  return { first, second: await load(path) }
}

const stageOf = async (given?: Given) => {
  const { first, second } = await loadBoth(given)
  return secondStageOf(first, second)
}

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ModelLoadError)
  return String(error)
}

test('the versions name both models, with what the tokenizer and the views are to both', async () => {
  const { first, second } = await loadBoth()

  const { versions } = secondStageOf(first, second)

  expect(versions).toEqual({
    ...first.versions,
    model: `${first.versions.model}/${second.versions.model}`,
    thresholds: expect.stringMatching(/^[0-9a-f]{12}$/),
  })
  expect([first, second].map((each) => each.versions.thresholds)).not.toContain(versions.thresholds)
})

test('thresholds of the whole are the section’s, for board posts where it says so', async () => {
  const { thresholds } = await stageOf({ section: { boardThresholds: { abusive: 0.8 } } })

  expect(thresholds.chat).toEqual(SECTION.thresholds)
  expect(thresholds.board).toEqual({ ...SECTION.thresholds, abusive: 0.8 })
})

test('every number of the section that decides is counted in the version of the thresholds', async () => {
  const sections = [
    {},
    { band: { low: 0.06, high: 0.95 } },
    { band: { low: 0.05, high: 0.96 } },
    { share: { ...SECTION.share, mild: 0.6 } },
    { calibration: { ...SECTION.calibration, hate: { scale: 1, bias: 0.1 } } },
    { calibration: { ...SECTION.calibration, hate: { scale: 1.1, bias: 0 } } },
    { thresholds: { ...SECTION.thresholds, threat: 0.7 } },
    { boardThresholds: { threat: 0.7 } },
  ]

  const versions = new Set<string>()
  for (const section of sections) versions.add((await stageOf({ section })).versions.thresholds)

  expect(versions.size).toBe(sections.length)
})

test('alone a second model has its own thresholds and versions, whatever its section says', async () => {
  const { second } = await loadBoth()
  const plain = await load(await writeTinyArtifact(join(folder, 'plain'), { version: '2.0.0' }))

  expect([second.thresholds, second.versions]).toEqual([plain.thresholds, plain.versions])
})

test('a model without a section is no second one', async () => {
  const message = await refusal(stageOf({ manifest: { second: undefined } }))

  expect(message).toContain(join(folder, 'second'))
  expect(message).toContain('no section "second"')
})

test('a model that was made for another first one is refused, with both names and what to do', async () => {
  const message = await refusal(stageOf({ section: { after: 'cnn@1.0.0+aaaaaaaaaaaa' } }))

  expect(message).toMatch(
    /come after cnn@1\.0\.0\+a{12}, not after tiny@1\.0\.0\+[0-9a-f]{12}: set HAECHI_MODEL/,
  )
})

test('a model with another tokenizer is refused', async () => {
  expect(await refusal(stageOf({ pieces: 101 }))).toMatch(/another tokenizer\.json \(sha256 [0-9a-f]{12}\)/)
})

test('a model whose rows are shorter than the first one’s is refused', async () => {
  expect(await refusal(stageOf({ manifest: { window: { tokens: 8, stride: 4 } } }))).toMatch(
    /at most 8 tokens, .* up to 16/,
  )
})

test('every reason is told at once', async () => {
  const message = await refusal(stageOf({ section: { after: 'cnn@1.0.0+aaaaaaaaaaaa' }, pieces: 101 }))

  expect(message).toContain('come after')
  expect(message).toContain('tokenizer.json')
})

test.each(['thresholds', 'boardThresholds'])(
  '%s that the linear stage of the first reaches are refused',
  async (which) => {
    const { first, second } = await loadBoth({ section: { [which]: { ...SECTION.thresholds, hate: 0.04 } } })
    // -4 x 0.5 - 1 is a probability of 0.047.
    const linear = { ...TINY_SECTION, path: 'linear.bin', sha256: '0'.repeat(64) }

    expect(() => secondStageOf({ ...first, linear }, second)).toThrow(/reaches without a network \(hate\)/)
    expect(secondStageOf(first, second).thresholds.board.hate).toBe(0.04)
  },
)

test.each([
  ['after', { after: '' }],
  ['band', { band: { low: 0.5, high: 0.5 } }],
  ['band.high', { band: { low: 0.5, high: 1.5 } }],
  ['share.mild', { share: { ...SECTION.share, mild: undefined } }],
  ['calibration.hate', { calibration: { ...SECTION.calibration, hate: { scale: 1 } } }],
  ['thresholds.threat', { thresholds: { ...SECTION.thresholds, threat: 0 } }],
  ['boardThresholds', { boardThresholds: { rude: 0.5 } }],
])('a section with a wrong %s is no manifest: %j', async (field, section) => {
  expect(await refusal(loadBoth({ section }))).toContain(`- second.${field}`)
})
