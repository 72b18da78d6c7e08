import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadConfig } from '../../src/config.js'
import { filtersSchema } from '../../src/config-filters.js'
import { FILTERS } from '../../src/domain/filter-evidence.js'
import { packageRoot } from '../../src/package-root.js'

const readme = readFileSync(join(packageRoot, 'src/policy/README.md'), 'utf8')
const examples = Array.from(readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm), ([, yaml = '']) => yaml)
const folder = mkdtempSync(join(tmpdir(), 'haechi-policy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The limits that a filter's row of the table gives: `name: value` in code. */
const limitsIn = (filter: string): unknown => {
  const row = new RegExp(`^\\| \`${filter}\` \\|(.*)$`, 'm').exec(readme)?.[1] ?? ''
  return parse(Array.from(row.matchAll(/`(\w+: [^`]+)`/g), ([, limit]) => limit).join('\n'))
}

test('the settings it shows are accepted', () => {
  expect(examples).toHaveLength(2)
  for (const [index, example] of examples.entries()) {
    const file = join(folder, `${index}.yaml`)
    writeFileSync(file, example)

    expect(Object.keys(loadConfig({ env: {}, file }).channels)).toContain('40017')
  }
})

test.each(FILTERS)('the limits of %s are those that the program has', (filter) => {
  const limits = limitsIn(filter)

  expect(limits).not.toBeNull()
  expect(filtersSchema.parse({ [filter]: true })[filter]).toMatchObject(limits as object)
})
