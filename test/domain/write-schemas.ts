// Writes src/domain/schema/*.json anew:
//   npm run build && node dist/test/domain/write-schemas.js && npx biome format --write src/domain/schema
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/package-root.js'
import { publishedSchemas } from './published-schemas.js'

for (const [name, schema] of Object.entries(publishedSchemas))
  writeFileSync(
    join(packageRoot, 'src/domain/schema', `${name}.schema.json`),
    `${JSON.stringify(schema, null, 2)}\n`,
  )
