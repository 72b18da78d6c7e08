import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers, freePorts, startProcess, waitUntilReady } from '#local/processes.mjs'

export interface LocalPrometheus {
  /** The value of each series that the query gives now. */
  query(expression: string): Promise<readonly number[]>
  stop(): Promise<void>
}

interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] }
}

/** A real Prometheus that scrapes `targets` (host:port) every second. */
export const startPrometheus = async (targets: readonly string[]): Promise<LocalPrometheus> => {
  const folder = mkdtempSync(join(tmpdir(), 'haechi-prometheus-'))
  const [port = 0] = await freePorts(1)
  const file = join(folder, 'prometheus.yml')
  const scrape = { job_name: 'haechi', static_configs: [{ targets }] }
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [scrape] }))
  const server = startProcess({
    name: 'prometheus',
    command: 'prometheus',
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    folder,
  })
  await waitUntilReady(server, () => answers(port))
  return {
    query: async (expression) => {
      const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`
      const { data } = (await (await fetch(url)).json()) as Answer
      return data.result.map(({ value }) => Number(value[1]))
    },
    stop: () => server.stop(),
  }
}
