import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describedArtifact } from '../../src/model/manifest.js'
import { perCategory } from '../../src/model/per-category.js'

/** Nearly everything is asked, and the second network has half a vote. */
export const SECOND_SECTION = {
  band: { low: 0.01, high: 0.99 },
  share: perCategory((_, k) => 0.5 + k / 16),
  calibration: perCategory(() => ({ scale: 0.75, bias: -0.25 })),
  thresholds: perCategory(() => 0.5),
  boardThresholds: { abusive: 0.75 },
}

/** A copy of the model in `first`, as `second@1.0.0`, that comes after it; gives the folder. */
export const writeSecondArtifact = async (
  folder: string,
  first: string,
  section: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const { versions } = await describedArtifact(first)
  await cp(first, folder, { recursive: true })
  const manifest: object = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const second = { after: versions.model, ...SECOND_SECTION, ...section }
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({ ...manifest, id: 'second', version: '1.0.0', second }),
  )
  return folder
}
