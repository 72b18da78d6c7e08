import { openModel } from './app-model.js'
import { probeModel, probeText } from './app-model-probe.js'
import { createClosers } from './closers.js'
import { reasonOf } from './errors.js'
import {
  loadArtifact,
  type Manifest,
  readManifest,
  requireCanonicaliser,
  verifyFile,
} from './model/manifest.js'
import { describedStage } from './model/second-stage.js'
import { createLogger } from './telemetry/logger.js'
import { CANONICALISER_VERSION } from './text/views.js'

/** One thing that was looked at; a failure's detail says what to do. */
export interface ModelFinding {
  readonly name: string
  readonly status: 'ok' | 'failure' | 'skipped'
  readonly detail: string
}

/** What is known of a folder once all of it was looked at. */
export interface Verification {
  readonly healthy: boolean
  /** What was looked at; where no folder was found, what should have named one. */
  readonly folder: string
  /** `id@version`, once the manifest could be read. */
  readonly model?: string
  readonly findings: readonly ModelFinding[]
}

const silent = createLogger('silent', 'model')

/** `work` as a finding: its result is the detail. Errors that are no `ModelLoadError` are findings too. */
export const findingOf = async (
  name: string,
  work: () => Promise<string> | string,
): Promise<ModelFinding> => {
  try {
    return { name, status: 'ok', detail: await work() }
  } catch (error) {
    return { name, status: 'failure', detail: reasonOf(error) }
  }
}

const skipped = (name: string): ModelFinding => ({
  name,
  status: 'skipped',
  detail: 'for what failed before',
})

const probe = async (folder: string): Promise<string> => {
  const artifact = await loadArtifact(folder, { canonicaliser: CANONICALISER_VERSION })
  const closers = createClosers()
  try {
    const started = performance.now()
    const open = await openModel(artifact, { threads: 1, closers, logger: silent })
    const loadMs = performance.now() - started
    return `loaded in ${loadMs.toFixed(0)} ms, ${probeText(await probeModel(open))}`
  } finally {
    await closers.closeAll()
  }
}

const filesOf = (folder: string, { files }: Manifest): Promise<readonly ModelFinding[]> =>
  Promise.all(
    Object.entries(files).map(([name, sha256]) =>
      findingOf(`file ${name}`, async () => {
        await verifyFile(folder, name, sha256)
        return `sha256 ${sha256.slice(0, 12)}`
      }),
    ),
  )

/**
 * Looks at all of an artifact folder: manifest, canonicaliser, the hash of each file, and whether it loads and
 * answers, with one inference thread that is closed again. Never throws for what is wrong with the model.
 */
export const verifyModel = async (folder: string): Promise<Verification> => {
  let manifest: Manifest | undefined
  const first = await findingOf('manifest', async () => {
    manifest = await readManifest(folder)
    return `${manifest.id}@${manifest.version}, ${manifest.precision}`
  })
  const model = manifest
  if (model === undefined)
    return {
      healthy: false,
      folder,
      findings: [first, ...['canonicaliser', 'files', 'runtime'].map(skipped)],
    }
  const stored = [
    first,
    await findingOf('canonicaliser', () => {
      requireCanonicaliser(folder, model, CANONICALISER_VERSION)
      return `${CANONICALISER_VERSION}, as this Haechi`
    }),
    ...(await filesOf(folder, model)),
  ]
  const canLoad = stored.every(({ status }) => status === 'ok')
  const runtime = canLoad ? await findingOf('runtime', () => probe(folder)) : skipped('runtime')
  return {
    healthy: runtime.status === 'ok',
    folder,
    model: `${model.id}@${model.version}`,
    findings: [...stored, runtime],
  }
}

/**
 * With what is found of a second model in `folder`, and whether it can come after the one that was verified. Where
 * that one's manifest could not be read, nothing is asked of a second.
 */
export const verifySecond = async (first: Verification, folder: string): Promise<Verification> => {
  if (first.model === undefined) return first
  const { healthy, findings } = await verifyModel(folder)
  const fit = await findingOf('fit', async () => {
    const { section } = await describedStage(first.folder, folder)
    return `after ${section.after}`
  })
  const all = [...findings, fit].map((finding) => ({ ...finding, name: `second: ${finding.name}` }))
  return {
    ...first,
    healthy: first.healthy && healthy && fit.status === 'ok',
    findings: [...first.findings, ...all],
  }
}
