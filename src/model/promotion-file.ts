import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ModelLoadError, reasonOf, UnavailableError } from '../errors.js'
import { packageRoot } from '../package-root.js'
import { SHIPPED_PLACE } from './model-places.js'
import type { Promotion, Promotions } from './promotions.js'

const fileSchema = z.object({
  promotions: z.array(
    z.object({
      id: z.string().regex(/^[a-z0-9-]+$/),
      version: z.string().regex(/^\d+\.\d+\.\d+$/),
      folder: z.string().min(1),
      /** What a folder is relative to; absent: to the data folder. */
      in: z.literal('package').exactOptional(),
      manifestSha256: z.string().regex(/^[0-9a-f]{64}$/),
      promotedAt: z.iso.datetime(),
      rolledBackAt: z.iso.datetime().exactOptional(),
    }),
  ),
})

/** How long to wait while another process changes the file: it needs milliseconds. */
export interface LockPatience {
  readonly attempts: number
  readonly delayMs: number
}
const PATIENCE: LockPatience = { attempts: 100, delayMs: 50 }

export interface ChangeOptions {
  readonly patience?: LockPatience
  /** The package, in whose `models` models ship. */
  readonly root?: string
}

type WrittenFolder = Pick<z.infer<typeof fileSchema>['promotions'][number], 'folder' | 'in'>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The file of promotions in a data folder. */
export const promotionFile = (dataFolder: string): string => join(resolve(dataFolder), 'model.json')

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

/**
 * None where there is no file. `root` is the package, which may have been moved since.
 * Throws `ModelLoadError` when the file cannot be read or is damaged.
 */
export async function readPromotions(path: string, root = packageRoot): Promise<Promotions> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    // A data folder that is none is reported by who needs one.
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return []
    throw new ModelLoadError(
      `cannot read ${path}, which names the promoted model (${reasonOf(cause)}): give this process the right ` +
        'to read it, or set HAECHI_MODEL',
      { cause },
    )
  }
  return parse(path, text, root)
}

function parse(path: string, text: string, root: string): Promotions {
  try {
    const { promotions } = fileSchema.parse(JSON.parse(text))
    return promotions.map(({ in: place, ...promotion }) => ({
      ...promotion,
      folder: resolve(place === 'package' ? root : dirname(path), promotion.folder),
    }))
  } catch (cause) {
    throw new ModelLoadError(
      `${path}, which names the promoted model, is damaged: restore it, or delete it (then nothing is ` +
        'promoted, and the shipped model is used) and promote again; until then HAECHI_MODEL or --model choose one',
      { cause },
    )
  }
}

/**
 * Replaces the file by what `change` makes of it, so that a reader sees the old one or the new one. One change
 * at a time, over all processes; none is written when `change` gives back what it got.
 * Throws `UnavailableError` when the folder cannot be written, and what `change` throws.
 */
export async function changePromotions(
  path: string,
  change: (promotions: Promotions) => Promotions,
  { patience = PATIENCE, root = packageRoot }: ChangeOptions = {},
): Promise<Promotions> {
  return locked(path, patience, async () => {
    const before = await readPromotions(path, root)
    const after = change(before)
    if (after !== before) await reporting(path, () => replace(path, root, after))
    return after
  })
}

async function replace(path: string, root: string, promotions: Promotions): Promise<void> {
  await removeLeftovers(path)
  const written = promotions.map((each) => ({ ...each, ...asWritten(dirname(path), root, each) }))
  const temporary = `${path}.${randomUUID()}`
  try {
    await writeDurably(temporary, `${JSON.stringify({ promotions: written }, null, 2)}\n`)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Of writers that were killed: under the lock nobody else is writing. */
async function removeLeftovers(path: string): Promise<void> {
  const prefix = `${basename(path)}.`
  for (const name of await readdir(dirname(path)))
    if (name.startsWith(prefix) && UUID.test(name.slice(prefix.length)))
      await rm(join(dirname(path), name), { force: true })
}

/** A model that ships, or lies in the data folder, is found again when package or data are moved or mounted elsewhere. */
function asWritten(dataFolder: string, root: string, { folder }: Promotion): WrittenFolder {
  if (inside(join(root, SHIPPED_PLACE), folder) !== undefined)
    return { folder: relative(root, folder).split(sep).join('/'), in: 'package' }
  return { folder: inside(dataFolder, folder) ?? folder }
}

/** The path from the outer to the folder; undefined when that does not lie in it. */
function inside(outer: string, folder: string): string | undefined {
  const path = relative(outer, folder)
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path || '.'
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function locked<T>(path: string, patience: LockPatience, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`
  await reporting(path, () => mkdir(dirname(path), { recursive: true }))
  await takeLock(path, lock, patience)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

// Never taken from another process, however old: whether that one still runs cannot be known from here.
async function takeLock(path: string, lock: string, { attempts, delayMs }: LockPatience): Promise<void> {
  for (let left = attempts; ; left -= 1) {
    try {
      return await (await open(lock, 'wx')).close()
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw cannotWrite(path, error)
    }
    if (left <= 1)
      throw new UnavailableError(
        `another process is changing ${path}; when there is none, one was killed: delete ${lock}`,
      )
    await sleep(delayMs)
  }
}

async function reporting<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

const cannotWrite = (path: string, cause: unknown): UnavailableError =>
  new UnavailableError(
    `cannot write ${path} (${reasonOf(cause)}); set HAECHI_DATA to a folder that can be written`,
    { cause },
  )
