import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const findRoot = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder))

/** Absolute path of the package: the same from `src/` (tests) and from `dist/src/` (built). */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)))
