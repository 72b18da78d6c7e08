import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { packageRoot } from '../../src/package-root.js'
import { benchExplain } from './explain.js'
import { benchModel } from './model.js'
import { type Figure, isMet, row } from './report.js'
import { benchRobust } from './robust.js'
import { benchScore } from './score.js'
import { benchTable } from './table.js'
import { benchText } from './text.js'
import { benchWorker } from './worker.js'

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    failures: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})

const BENCHES: Readonly<Record<string, () => AsyncGenerator<Figure>>> = {
  text: benchText,
  model: benchModel,
  score: benchScore,
  explain: benchExplain,
  robust: () => benchRobust(flags.failures),
  worker: benchWorker,
  table: () => benchTable(flags.data),
}

/** `table` needs Python and the training data, so it has to be named. */
const USUAL = Object.keys(BENCHES).filter((name) => name !== 'table')

const HELP = `npm run bench -- [${Object.keys(BENCHES).join('] [')}] [--json FILE] [--failures FILE] [--data DIR]

Without names all but \`table\` run, about ten minutes, on the model that ships. \`worker\` starts its own Kafka and Redis.
HAECHI_MODEL and HAECHI_SECOND_MODEL name the folders of other models, alone or one after the other:
\`HAECHI_SECOND_MODEL=none npm run bench -- model robust\`.
\`robust\` writes what it missed and what it flagged wrongly to the --failures FILE (tab-separated).
\`table\` compares kinds of models on the training data in DIR (../shared/data), with the training's Python.
The exit code is 1 when a floor is missed.`

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: packageRoot,
      encoding: 'utf8',
    }).trim()
  } catch {
    return 'unknown'
  }
}

const main = async (): Promise<number> => {
  if (flags.help) {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  const unknown = positionals.filter((name) => BENCHES[name] === undefined)
  if (unknown.length > 0) {
    process.stderr.write(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`)
    return 64
  }
  const cores = cpus()
  process.stdout.write(
    `Node ${process.version}, ${cores.length} x ${cores[0]?.model.trim()}, commit ${commit()}\n`,
  )
  const figures: Figure[] = []
  for (const name of positionals.length > 0 ? positionals : USUAL)
    for await (const figure of BENCHES[name]?.() ?? []) {
      figures.push(figure)
      process.stdout.write(`${row(figure)}\n`)
    }
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(figures, null, 2)}\n`)
  return figures.every(isMet) ? 0 : 1
}

process.exitCode = await main()
