import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CATEGORIES, type Category, type Versions } from '../domain/verdict.js'
import { ModelLoadError } from '../errors.js'
import type { Calibration } from './calibration.js'
import { boardThresholdsSchema, calibrationSchema, thresholdsSchema } from './category-schemas.js'
import { type KindThresholds, thresholdsByKind } from './judge.js'
import { flaggedAlone, LINEAR_FILE, type LinearSection, linearSchema, numbersOf } from './linear-section.js'
import { type SecondSection, secondSchema } from './second-section.js'

/** Lengths in tokens: a long text is cut into windows of `tokens` that start `stride` apart. */
export interface WindowSize {
  readonly tokens: number
  readonly stride: number
}

/** The linear stage of an artifact, and the file of its weights. */
export interface LinearFile extends LinearSection {
  readonly path: string
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string
}

/** A verified model folder. */
export interface Artifact {
  readonly id: string
  readonly version: string
  readonly folder: string
  readonly modelPath: string
  readonly tokenizerPath: string
  /** Of `model.onnx`, 64 hexadecimal digits. */
  readonly sha256: string
  readonly precision: string
  readonly thresholds: KindThresholds
  readonly calibration: Calibration
  readonly window: WindowSize
  /** Absent where the network is asked about every row, and alone. */
  readonly linear?: LinearFile
  /** How it is used after another model; of no account where it is used alone. */
  readonly second?: SecondSection
  readonly versions: Omit<Versions, 'rules'>
}

export const MANIFEST_FILE = 'manifest.json'
export const MODEL_FILE = 'model.onnx'
const TOKENIZER_FILE = 'tokenizer.json'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256 in hexadecimal')

const manifestSchema = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    files: z
      .record(z.string(), sha256Hex)
      .refine((files) => MODEL_FILE in files && TOKENIZER_FILE in files, {
        message: `must list ${MODEL_FILE} and ${TOKENIZER_FILE}`,
      })
      // A manifest must not reach outside of its folder.
      .refine((files) => Object.keys(files).every((name) => /^\w[\w.-]*$/.test(name)), {
        message: 'must be plain file names',
      }),
    labels: z.array(z.string()).refine((labels) => labels.join() === CATEGORIES.join(), {
      message: `must be ${CATEGORIES.join(', ')}, in this order`,
    }),
    thresholds: thresholdsSchema,
    boardThresholds: boardThresholdsSchema.exactOptional(),
    calibration: calibrationSchema,
    window: z
      .object({ tokens: z.int().min(8), stride: z.int().min(1) })
      .refine(({ tokens, stride }) => stride <= tokens, { message: 'stride must not exceed tokens' }),
    canonicaliser: z.string().min(1),
    precision: z.string().min(1),
    linear: linearSchema.optional(),
    second: secondSchema.optional(),
    // For people: a worker does without, so nothing in them may stop it.
    licence: z.string().optional().catch(undefined),
    metrics: z.unknown().optional(),
  })
  .refine(({ files, linear }) => linear === undefined || LINEAR_FILE in files, {
    path: ['files'],
    message: `must list ${LINEAR_FILE}, since there is a linear section`,
  })
  .superRefine(({ linear, calibration, ...limits }, context) => {
    if (linear === undefined) return
    for (const category of flaggedAlone(linear, calibration, limits))
      context.addIssue({
        code: 'custom',
        path: ['linear', 'clears', 'below', category],
        message:
          'slope x below + offset, calibrated (scale not negative), must be below the threshold: only the network flags',
      })
  })
export type Manifest = z.infer<typeof manifestSchema>

/**
 * Reads and verifies an artifact folder: manifest, the sha256 of every file, and that it was trained with
 * this `canonicaliser` version. Throws `ModelLoadError`.
 */
export async function loadArtifact(
  folder: string,
  { canonicaliser }: { readonly canonicaliser: string },
): Promise<Artifact> {
  const manifest = await readManifest(folder)
  requireCanonicaliser(folder, manifest, canonicaliser)
  for (const [name, expected] of Object.entries(manifest.files)) await verifyFile(folder, name, expected)
  return toArtifact(folder, manifest)
}

/** What the manifest of a folder says, whose files are not looked at. Throws `ModelLoadError`. */
export async function describedArtifact(folder: string): Promise<Artifact> {
  return toArtifact(folder, await readManifest(folder))
}

/** The manifest of an artifact folder, whose files are not looked at. Throws `ModelLoadError`. */
export async function readManifest(folder: string): Promise<Manifest> {
  await requireFolder(folder)
  return parseManifest(folder, await readText(folder, MANIFEST_FILE))
}

/** Of `manifest.json`, which names the sha256 of every other file: an artifact's identity. Throws `ModelLoadError`. */
export async function manifestDigest(folder: string): Promise<string> {
  return sha256Of(await readBytes(join(folder, MANIFEST_FILE)))
}

/** Throws `ModelLoadError` when the model was trained on views that this Haechi does not make. */
export function requireCanonicaliser(folder: string, manifest: Manifest, canonicaliser: string): void {
  if (manifest.canonicaliser === canonicaliser) return
  throw new ModelLoadError(
    `the model ${folder} was trained with canonicaliser ${manifest.canonicaliser}, this Haechi has ` +
      `${canonicaliser}: choose a model made for it, or retrain (models/training)`,
  )
}

function toArtifact(folder: string, manifest: Manifest): Artifact {
  const { id, version, thresholds, boardThresholds, calibration, window, precision, files, second } = manifest
  const sha256 = files[MODEL_FILE] ?? ''
  const linear = linearFile(folder, manifest)
  return {
    id,
    version,
    folder,
    modelPath: join(folder, MODEL_FILE),
    tokenizerPath: join(folder, TOKENIZER_FILE),
    sha256,
    precision,
    thresholds: thresholdsByKind(thresholds, boardThresholds),
    calibration,
    window,
    ...(linear === undefined ? {} : { linear }),
    ...(second === undefined ? {} : { second }),
    versions: {
      model: `${id}@${version}+${sha256.slice(0, 12)}`,
      tokenizer: (files[TOKENIZER_FILE] ?? '').slice(0, 12),
      canonicaliser: manifest.canonicaliser,
      thresholds: versionOfThresholds(manifest, linear),
    },
  }
}

const linearFile = (folder: string, { linear, files }: Manifest): LinearFile | undefined =>
  linear && { ...linear, path: join(folder, LINEAR_FILE), sha256: files[LINEAR_FILE] ?? '' }

/** The linear stage counts with its weights: the network's version does not tell of them. */
function versionOfThresholds(
  { thresholds, boardThresholds, calibration }: Manifest,
  linear: LinearFile | undefined,
): string {
  const numbers = CATEGORIES.map((category) => {
    const { scale, bias } = calibration[category]
    return [category, thresholds[category], scale, bias]
  })
  const ofLinear = linear === undefined ? [] : [linear.sha256, ...numbersOf(linear)]
  const ofBoard = boardThresholds === undefined ? [] : [valuesOf(boardThresholds)]
  return shortSha256(JSON.stringify([...numbers, ...ofLinear, ...ofBoard]))
}

const valuesOf = (some: Readonly<Partial<Record<Category, number>>>): readonly (number | null)[] =>
  CATEGORIES.map((category) => some[category] ?? null)

function parseManifest(folder: string, text: string): Manifest {
  const path = join(folder, MANIFEST_FILE)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new ModelLoadError(`${path} is not JSON: restore the folder from its release`, { cause })
  }
  const parsed = manifestSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  - ${issue.path.join('.')}: ${issue.message}`)
  throw new ModelLoadError(
    `${path} is not a complete manifest; retrain or restore it:\n${problems.join('\n')}`,
  )
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory()) return
  throw new ModelLoadError(
    `there is no model folder ${folder}: set HAECHI_MODEL (HAECHI_SECOND_MODEL for a second one) to a folder that ` +
      'holds manifest.json',
  )
}

/** Throws `ModelLoadError` unless the file has the sha256 that the manifest names. */
export async function verifyFile(folder: string, name: string, expected: string): Promise<void> {
  const actual = sha256Of(await readBytes(join(folder, name)))
  if (actual === expected) return
  throw new ModelLoadError(
    `${join(folder, name)} is not the file that the manifest names (sha256 ${actual.slice(0, 12)}, expected ` +
      `${expected.slice(0, 12)}): it was changed or damaged, restore the folder from its release`,
  )
}

/** A file of an artifact. Throws `ModelLoadError`. */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new ModelLoadError(`cannot read ${path}: restore the folder from its release`, { cause })
  }
}

const readText = async (folder: string, name: string): Promise<string> =>
  (await readBytes(join(folder, name))).toString('utf8')

/** The first 12 hexadecimal digits: what versions show. */
export const shortSha256 = (text: string): string => sha256Of(text).slice(0, 12)

const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
