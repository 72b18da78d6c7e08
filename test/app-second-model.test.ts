import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Judging, openJudging, SHIPPED_MODEL, SHIPPED_SECOND_MODEL } from '../src/app-judging.js'
import { probeModel } from '../src/app-model-probe.js'
import { createModels } from '../src/app-models.js'
import { createClosers } from '../src/closers.js'
import { loadConfig } from '../src/config.js'
import { CATEGORIES } from '../src/domain/verdict.js'
import { ModelLoadError } from '../src/errors.js'
import { calibrated } from '../src/model/calibration.js'
import type { ScoredRow } from '../src/model/classifier.js'
import { packageRoot } from '../src/package-root.js'
import { createLogger } from '../src/telemetry/logger.js'
import { createMetrics } from '../src/telemetry/metrics.js'
import { makeViews } from '../src/text/views.js'
import { SECOND_SECTION, writeSecondArtifact } from './model/second-artifact.js'
import { flipBit, writeTinyArtifact } from './model/tiny-artifact.js'

const shipped = join(packageRoot, SHIPPED_MODEL)
// Doubtful lines, whatever the model, and one that is not.
const TEXTS = ['저놈 참 한심하네', '멍청이 아냐', '쓰레기 게임', '오늘 방송 재밌다']
let folder: string
let second: string
let closers = createClosers()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-second-'))
  second = await writeSecondArtifact(join(folder, 'second'), shipped)
})
afterEach(async () => {
  await closers.closeAll()
  closers = createClosers()
})
afterAll(() => rm(folder, { recursive: true }))

const configOf = (env: Readonly<Record<string, string>>) =>
  loadConfig({ env: { HAECHI_DATA: join(folder, 'data'), ...env } })

const open = (env: Readonly<Record<string, string>>, registry = new Registry()): Promise<Judging> =>
  openJudging(configOf(env), closers, createLogger('silent', 'test'), createMetrics(registry))

const refusal = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const error = await open(env).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ModelLoadError)
  return String(error)
}

const rowsOf = (judging: Judging, text: string): Promise<readonly ScoredRow[]> =>
  judging.classifier.scoreRows(makeViews({ text, emotes: [], kind: 'chat' }).views, 'chat')

/** What a row that both networks decide must score, each of them asked here. */
const expectedOf = async ({ encode, networks }: Judging, { input, of }: ScoredRow) => {
  const [first, last] = await Promise.all(networks.map(({ batcher }) => batcher.submit(encode(of.text).ids)))
  const mixed = input.decidedBy === 'network' && first ? input.mix(first) : []
  const logits = CATEGORIES.map(
    (category, k) => (mixed[k] ?? 0) + SECOND_SECTION.share[category] * (last?.[k] ?? 0),
  )
  return calibrated(logits, SECOND_SECTION.calibration)
}

describe('two models', () => {
  test('a row in the band has the votes of both, any other keeps what the first says', async () => {
    const pair = await open({ HAECHI_SECOND_MODEL: second })
    const alone = await open({ HAECHI_SECOND_MODEL: 'none' })
    const decided = new Set<string>()

    for (const text of TEXTS) {
      const plain = await rowsOf(alone, text)
      for (const [index, row] of (await rowsOf(pair, text)).entries()) {
        decided.add(row.decidedBy)
        const { abusive } = plain[index]?.scores ?? { abusive: Number.NaN }
        const isAsked = row.input.decidedBy === 'network' && abusive >= 0.01 && abusive < 0.99
        expect(row.decidedBy).toBe(isAsked ? 'second' : row.input.decidedBy)
        expect(row.scores).toEqual(isAsked ? await expectedOf(pair, row) : plain[index]?.scores)
      }
    }
    expect(decided).toContain('second')
    expect(decided).toContain('linear')
  })

  test('each has a network of its own, and both answer', async () => {
    const pair = await open({ HAECHI_SECOND_MODEL: second })
    const alone = await open({ HAECHI_SECOND_MODEL: 'none' })

    const [both, one] = [await probeModel(pair), await probeModel(alone)]

    expect(pair.networks.map(({ artifact }) => artifact.folder)).toEqual([shipped, second])
    expect(both.rows).toBe(2 * one.rows)
  })

  test('ship together, and another first one has no second', async () => {
    const own = await writeTinyArtifact(join(folder, 'own'))

    const both = [await open({}), await open({ HAECHI_MODEL: own })].map(({ networks }) =>
      networks.map(({ artifact }) => artifact.folder),
    )

    expect(both).toEqual([[shipped, join(packageRoot, SHIPPED_SECOND_MODEL)], [own]])
  })

  test('verdicts carry both versions, and the section’s thresholds for chat and posts', async () => {
    const pair = await open({ HAECHI_SECOND_MODEL: second })
    const message = {
      id: 'm',
      source: 'twitch',
      channel: { id: 'c', name: 'c' },
      author: { id: 'u', name: 'u', roles: [] },
      text: '안녕하세요',
      emotes: [],
      sentAt: '2026-05-01T12:00:00Z',
      sentAtMs: 0,
    }

    const [chat, post] = await Promise.all(
      ['twitch', 'board'].map((source) => pair.judge.message({ ...message, source })),
    )

    expect(chat?.versions.model).toBe(pair.networks.map(({ artifact }) => artifact.versions.model).join('/'))
    expect(chat?.versions.model).toMatch(/^\S+@\S+\+[0-9a-f]{12}\/second@1\.0\.0\+[0-9a-f]{12}$/)
    expect(chat?.versions).toEqual(post?.versions)
    expect([chat, post].map((each) => each?.thresholds.abusive)).toEqual([0.5, 0.75])
  })

  test('metrics count its rows, time its stages and name both models', async () => {
    const registry = new Registry()
    const pair = await open({ HAECHI_SECOND_MODEL: second }, registry)
    const rows = (await Promise.all(TEXTS.map((text) => rowsOf(pair, text)))).flat()
    const asked = rows.filter(({ decidedBy }) => decidedBy === 'second')

    const lines = (await registry.metrics()).split('\n')

    expect(asked.length).toBeGreaterThan(0)
    expect(lines).toContain(`haechi_rows_total{decided_by="second"} ${asked.length}`)
    expect(lines.filter((line) => line.startsWith('haechi_model_info{'))).toHaveLength(2)
    expect(
      lines.some((line) => /^haechi_stage_duration_seconds_count\{stage="second_infer"\} [1-9]/.test(line)),
    ).toBe(true)
  })

  test('the second one alone is a model like any other', async () => {
    const alone = await open({ HAECHI_MODEL: second })
    const rows = (await Promise.all(TEXTS.map((text) => rowsOf(alone, text)))).flat()

    expect(alone.versions.model).toMatch(/^second@1\.0\.0\+[0-9a-f]{12}$/)
    expect(rows.map(({ decidedBy }) => decidedBy)).not.toContain('second')
  })

  test('`none` is no second model', async () => {
    expect((await open({ HAECHI_SECOND_MODEL: 'none' })).networks).toHaveLength(1)
  })
})

describe('a second model that is refused', () => {
  test('is not there: the message names the setting', async () => {
    const message = await refusal({ HAECHI_SECOND_MODEL: join(folder, 'nowhere') })

    expect(message).toContain(join(folder, 'nowhere'))
    expect(message).toContain('HAECHI_SECOND_MODEL')
  })

  test('has no section', async () => {
    expect(await refusal({ HAECHI_SECOND_MODEL: shipped })).toContain('no section "second"')
  })

  test('does not fit a promoted one, which is not blamed for it', async () => {
    const data = join(folder, 'other')
    const tiny = await writeTinyArtifact(join(folder, 'tiny'))
    await createModels(configOf({ HAECHI_DATA: data })).promote(tiny)

    const message = await refusal({ HAECHI_DATA: data, HAECHI_SECOND_MODEL: second })

    expect(message).toMatch(/come after \S+, not after tiny@1\.0\.0/)
    expect(message).not.toContain('rollback')
  })
})

describe('haechi model', () => {
  const modelsOf = (env: Readonly<Record<string, string>>) => createModels(configOf(env))

  test('list names the second one, and what chose it', async () => {
    const { second: chosen, models } = await modelsOf({ HAECHI_SECOND_MODEL: second }).list()

    expect(chosen).toEqual({ folder: second, by: 'HAECHI_SECOND_MODEL' })
    expect(models.filter((each) => each.second)).toMatchObject([
      { id: 'second', place: 'elsewhere', current: false },
    ])
    expect(models.some(({ problem }) => problem !== undefined)).toBe(false)
  })

  test('list says when it does not fit', async () => {
    const tiny = await writeTinyArtifact(join(folder, 'tiny'))

    const { models } = await modelsOf({ HAECHI_MODEL: tiny, HAECHI_SECOND_MODEL: second }).list()

    expect(models.find((each) => each.second)?.problem).toContain('come after')
  })

  test('verify looks at both, and whether they fit', async () => {
    const broken = await writeSecondArtifact(join(folder, 'broken'), shipped, { after: 'x@1.0.0' })
    await flipBit(join(broken, 'model.onnx'))

    const good = await modelsOf({ HAECHI_SECOND_MODEL: second }).verify()
    const bad = await modelsOf({ HAECHI_SECOND_MODEL: broken }).verify()

    expect([good.healthy, bad.healthy]).toEqual([true, false])
    expect(good.findings.map(({ name }) => name)).toContain('second: fit')
    expect(bad.findings.filter(({ status }) => status === 'failure').map(({ name }) => name)).toEqual([
      'second: file model.onnx',
      'second: fit',
    ])
  })
})
