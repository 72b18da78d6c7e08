import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { COMMON_OPTIONS, type Command } from '../../src/bin/command.js'
import { explain } from '../../src/bin/commands/explain.js'
import { model } from '../../src/bin/commands/model.js'
import { score } from '../../src/bin/commands/score.js'
import { writeTinyArtifact } from '../model/tiny-artifact.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-notice-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs a command over the data folder; gives what it printed, and what it said on standard error. */
const run = async (command: Command, ...args: readonly string[]) => {
  const [printed, said]: [string[], unknown[]] = [[], []]
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...COMMON_OPTIONS, ...command.options },
    allowPositionals: true,
  })
  const standardError = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(text)
    return true
  })
  try {
    await command.run({
      values,
      positionals,
      env: { HAECHI_DATA: join(folder, 'data') },
      signal: new AbortController().signal,
      print: (line) => printed.push(line),
    })
  } finally {
    standardError.mockRestore()
  }
  return { printed, said }
}

test.each([
  ['score', score],
  ['explain', explain],
])('%s says in one line that its model is a promoted one, and disturbs no output', async (_name, command) => {
  await run(model, 'promote', await writeTinyArtifact(join(folder, 'own'), { version: '1.1.0' }))

  const { printed, said } = await run(command, '안녕', '--json')

  expect(said).toEqual([expect.stringMatching(/^haechi: [^\n]*promoted model tiny@1\.1\.0 [^\n]*\n$/)])
  expect(String(said)).toContain(join(folder, 'data/model.json'))
  expect(printed).toHaveLength(1)
  expect(JSON.parse(printed.join())).toMatchObject({
    versions: { model: expect.stringContaining('tiny@1.1.0') },
  })
})

test('a model that was set, and the one that ships, are nothing to tell of', async () => {
  const set = await writeTinyArtifact(join(folder, 'own'), { version: '1.1.0' })
  await run(model, 'promote', set)

  expect((await run(score, '안녕', '--model', set)).said).toEqual([])
  await run(model, 'rollback')
  expect((await run(score, '안녕')).said).toEqual([])
})
