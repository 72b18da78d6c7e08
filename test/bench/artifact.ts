import { join } from 'node:path'
import { SHIPPED_MODEL } from '../../src/app-judging.js'
import { type Artifact, loadArtifact } from '../../src/model/manifest.js'
import { packageRoot } from '../../src/package-root.js'
import { CANONICALISER_VERSION } from '../../src/text/views.js'

export const shippedArtifact = (): Promise<Artifact> =>
  loadArtifact(process.env.HAECHI_MODEL ?? join(packageRoot, SHIPPED_MODEL), {
    canonicaliser: CANONICALISER_VERSION,
  })
