import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../../src/package-root.js'
import type { Figure } from './report.js'

const PYTHON = join(homedir(), '.cache/haechi/venv/bin/python')
const DEFAULT_DATA = join(packageRoot, '../shared/data')

const rowsOf = z.array(
  z.object({
    system: z.string(),
    accuracy: z.number(),
    macroF1: z.number(),
    f1: z.number(),
    averagePrecision: z.number(),
    seconds: z.number(),
  }),
)

/** Ends the run, exit code 66, where something is missing that this benchmark cannot make itself. */
const need = (path: string, what: string, remedy: string): void => {
  if (existsSync(path)) return
  process.stderr.write(`the table needs ${what}, and there is no ${path}: ${remedy}\n`)
  process.exit(66)
}

/** Prints the table of models/training/table.py and gives its rows; throws when its run fails. */
const rowsFrom = (data: string): z.infer<typeof rowsOf> => {
  need(PYTHON, "the training's Python", 'models/training/run.sh --part prepare makes it')
  need(
    join(data, 'labelled/chat-train.jsonl'),
    'training data',
    'give --data a folder with labelled/ and unlabelled/',
  )
  const folder = mkdtempSync(join(tmpdir(), 'haechi-table-'))
  try {
    const json = join(folder, 'table.json')
    const { status, error } = spawnSync(PYTHON, ['-m', 'training.table', '--data', data, '--json', json], {
      env: { ...process.env, PYTHONPATH: join(packageRoot, 'models'), OMP_NUM_THREADS: '1' },
      stdio: 'inherit',
    })
    if (status !== 0)
      throw new Error(`python -m training.table ended with exit code ${status}; its own words stand above`, {
        cause: error,
      })
    return rowsOf.parse(JSON.parse(readFileSync(json, 'utf8')))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Accuracy, F1 and seconds for 128 messages of word lists, an n-gram model, networks trained from labels alone and the
 * shipped artifacts, on chat-valid. The first run trains the networks, about twenty minutes on one quiet core.
 */
export async function* benchTable(data = DEFAULT_DATA): AsyncGenerator<Figure> {
  for (const { system, f1, accuracy, macroF1, averagePrecision, seconds } of rowsFrom(resolve(data)))
    yield {
      name: system,
      value: f1,
      unit: 'F1',
      note: `accuracy ${accuracy}, macro F1 ${macroF1}, average precision ${averagePrecision}, ${seconds} s for 128`,
    }
}
