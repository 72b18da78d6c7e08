import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { MANIFEST_FILE, type Manifest, MODEL_FILE, readManifest } from './manifest.js'

/** The figures by which models are compared; each is absent where the manifest has none. */
export interface Headline {
  /** Of `abusive`, on the Korean live chat that people read for validation. */
  readonly averagePrecision?: number
  /** The same, at the model's thresholds. */
  readonly f1?: number
  /** Share of raw chat that is flagged. */
  readonly flagRate?: number
}

/** What a person wants to know of an artifact before it is loaded; its hashes are not verified. */
export interface ArtifactSummary {
  readonly id: string
  readonly version: string
  /** Of `model.onnx`, as the manifest names it. */
  readonly sha256: string
  /** Of all files of the artifact. */
  readonly bytes: number
  readonly canonicaliser: string
  readonly precision: string
  readonly licence?: string
  readonly metrics: Headline
  /** Files that the manifest names and the folder has not. */
  readonly missing: readonly string[]
}

// Figures of another kind, or of a later training, are as good as none.
const figure = z.number().optional().catch(undefined)
const chat = z.object({ averagePrecision: figure, f1: figure })
const metricsSchema = z
  .object({
    sets: z
      .object({ 'chat-valid': chat.optional().catch(undefined) })
      .optional()
      .catch(undefined),
    rawChatFlagRate: figure,
  })
  .catch({})

/** The headline of a manifest's `metrics`, whatever they are. */
export function headlineOf(metrics: unknown): Headline {
  const { sets, rawChatFlagRate: flagRate } = metricsSchema.parse(metrics)
  const { averagePrecision, f1 } = sets?.['chat-valid'] ?? {}
  return {
    ...(averagePrecision === undefined ? {} : { averagePrecision }),
    ...(f1 === undefined ? {} : { f1 }),
    ...(flagRate === undefined ? {} : { flagRate }),
  }
}

/** Reads the manifest of a folder and the sizes of its files. Throws `ModelLoadError`. */
export async function summarise(folder: string): Promise<ArtifactSummary> {
  const manifest = await readManifest(folder)
  const sizes = await sizesOf(folder, manifest)
  const { id, version, files, canonicaliser, precision, licence, metrics } = manifest
  return {
    id,
    version,
    sha256: files[MODEL_FILE] ?? '',
    bytes: sizes.reduce((sum, [, bytes]) => sum + (bytes ?? 0), 0),
    canonicaliser,
    precision,
    ...(licence === undefined ? {} : { licence }),
    metrics: headlineOf(metrics),
    missing: sizes.flatMap(([name, bytes]) => (bytes === undefined ? [name] : [])),
  }
}

const sizesOf = (
  folder: string,
  { files }: Manifest,
): Promise<readonly (readonly [name: string, bytes: number | undefined])[]> =>
  Promise.all(
    [MANIFEST_FILE, ...Object.keys(files)].map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined)
      return [name, found?.size] as const
    }),
  )
