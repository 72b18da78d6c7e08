import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ModelLoadError } from '../errors.js'
import { MANIFEST_FILE, readManifest } from './manifest.js'

/** A folder of artifacts: `<id>/<version>/manifest.json`, or `<name>/manifest.json`. */
export interface Place {
  readonly kind: 'shipped' | 'own'
  readonly folder: string
}

/** Where models ship, in the package. */
export const SHIPPED_PLACE = 'models'

const NAME = /^([a-z0-9-]+)@(\d+\.\d+\.\d+)$/

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() === true

const foldersIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
    .toSorted()
}

const artifactsIn = async (folders: readonly string[]): Promise<readonly string[]> => {
  const found = await Promise.all(folders.map((folder) => isFile(join(folder, MANIFEST_FILE))))
  return folders.filter((_, index) => found[index])
}

/** The artifact folders of a place; none where the place is not there or cannot be read. */
export async function artifactFolders({ folder }: Place): Promise<readonly string[]> {
  const names = await foldersIn(resolve(folder))
  const versions = (await Promise.all(names.map(foldersIn))).flat()
  return artifactsIn([...names, ...versions])
}

/**
 * The folder that `given` means: a folder, or `id@version` of a model in one of the places. An id is only ever
 * compared with manifests, never made a path. Throws `ModelLoadError`.
 */
export async function resolveModel(given: string, places: readonly Place[]): Promise<string> {
  const [, id, version] = NAME.exec(given) ?? []
  if (id === undefined || version === undefined) return requireFolder(given)
  const folders = (await Promise.all(places.map(artifactFolders))).flat()
  const isNamed = await Promise.all(
    folders.map((folder) =>
      readManifest(folder).then(
        (manifest) => manifest.id === id && manifest.version === version,
        () => false,
      ),
    ),
  )
  const [found, ...others] = [...new Set(folders.filter((_, index) => isNamed[index]))]
  if (found === undefined)
    throw new ModelLoadError(
      `there is no model ${given} in ${places.map(({ folder }) => folder).join(' or ')}; see \`haechi model list\``,
    )
  if (others.length > 0)
    throw new ModelLoadError(
      `there are several models ${given}: name one by its folder: ${[found, ...others].join(', ')}`,
    )
  return found
}

async function requireFolder(given: string): Promise<string> {
  const folder = resolve(given)
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory()) return folder
  throw new ModelLoadError(
    `there is no model folder ${folder}, and ${JSON.stringify(given)} is no id@version such as cnn-bilstm@6.1.0; ` +
      'see `haechi model list`',
  )
}
