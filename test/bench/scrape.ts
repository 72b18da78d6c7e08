/** What one scrape of a worker says. */
export interface Sample {
  /** By upper bound in seconds, cumulative, over all paths. */
  readonly latency: ReadonlyMap<number, number>
  value(name: string, labels?: Readonly<Record<string, string>>): number
}

interface Series {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
}

const parseLine = (line: string): readonly Series[] => {
  const match = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)
  if (match === null) return []
  const [, name = '', labels = '', value = ''] = match
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(
    ([, key = '', text = '']) => [key, text] as const,
  )
  return [{ name, labels: new Map(pairs), value: Number(value) }]
}

export const scrape = async (url: string): Promise<Sample> => {
  const series = (await (await fetch(`${url}/metrics`)).text()).split('\n').flatMap(parseLine)
  const latency = new Map<number, number>()
  for (const { name, labels, value } of series) {
    if (name !== 'haechi_message_latency_seconds_bucket') continue
    const bound = labels.get('le') === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.get('le'))
    latency.set(bound, (latency.get(bound) ?? 0) + value)
  }
  return {
    latency,
    value: (name, wanted = {}) =>
      series
        .filter(
          (s) => s.name === name && Object.entries(wanted).every(([key, text]) => s.labels.get(key) === text),
        )
        .reduce((sum, s) => sum + s.value, 0),
  }
}

/** The quantile of what happened between two samples, interpolated within its bucket as Prometheus does; seconds. */
export const quantileBetween = (before: Sample, after: Sample, quantile: number): number => {
  const bounds = [...after.latency.keys()].toSorted((a, b) => a - b)
  const counts = bounds.map((bound) => (after.latency.get(bound) ?? 0) - (before.latency.get(bound) ?? 0))
  const rank = quantile * (counts.at(-1) ?? 0)
  const index = counts.findIndex((count) => count >= rank)
  const upper = bounds[index] ?? Number.NaN
  const lower = index > 0 ? (bounds[index - 1] ?? 0) : 0
  if (!Number.isFinite(upper)) return lower
  const below = index > 0 ? (counts[index - 1] ?? 0) : 0
  return lower + ((upper - lower) * (rank - below)) / Math.max(1, (counts[index] ?? 0) - below)
}
