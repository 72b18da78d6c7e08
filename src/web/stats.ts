import type { Case } from '../domain/case.js'
import type { CaseStore } from '../queue/case-store.js'

/** Running totals of a process that sees the stream. */
export interface StreamCounts {
  readonly consumed: number
  readonly flagged: number
  readonly mild: number
  readonly deadLetters: number
}

/** What `GET /api/stats` answers, with the version added. */
export interface FeedStats {
  readonly openCases: number
  /** Most open cases first. */
  readonly channels: readonly { readonly id: string; readonly name: string; readonly openCases: number }[]
  /** Absent where the process sees no stream: the feed of a cluster knows cases only. */
  readonly stream?: StreamCounts & { readonly perSecond: number }
}

export type StatsSource = () => Promise<FeedStats>

interface StatsOptions {
  readonly cases: CaseStore
  readonly stream?: () => StreamCounts
  /** Milliseconds. */
  readonly now: () => number
}

const MAX_AGE_MS = 1000
// Channels are counted on the newest open cases; beyond that `openCases` alone is exact.
const COUNTED_CASES = 1000
const RATE_SPAN_MS = 10_000

const countChannels = (cases: readonly Case[]): FeedStats['channels'] => {
  const counts = new Map<string, { id: string; name: string; openCases: number }>()
  for (const { channel } of cases) {
    const count = counts.get(channel.id) ?? { id: channel.id, name: channel.name, openCases: 0 }
    counts.set(channel.id, { ...count, openCases: count.openCases + 1 })
  }
  return [...counts.values()].sort((a, b) => b.openCases - a.openCases)
}

/** Messages a second over the last ten seconds, from a running total that is looked at now and then. */
export const createRate = (now: () => number): ((total: number) => number) => {
  let seen: { readonly at: number; readonly total: number }[] = []
  return (total) => {
    const at = now()
    seen = [...seen.filter((sample) => at - sample.at <= RATE_SPAN_MS), { at, total }]
    const first = seen[0]
    if (first === undefined || at === first.at) return 0
    return ((total - first.total) * 1000) / (at - first.at)
  }
}

/** Counts from the case store and, where there is one, the stream; at most one look a second. */
export const createStats = ({ cases, stream, now }: StatsOptions): StatsSource => {
  const rateOf = createRate(now)
  let latest: { readonly at: number; readonly stats: Promise<FeedStats> } | undefined
  const look = async (): Promise<FeedStats> => {
    const open = await cases.list({ state: 'open', limit: COUNTED_CASES })
    const known = { openCases: open.total, channels: countChannels(open.cases) }
    if (stream === undefined) return known
    const counts = stream()
    return { ...known, stream: { ...counts, perSecond: rateOf(counts.consumed) } }
  }
  return () => {
    if (latest === undefined || now() - latest.at >= MAX_AGE_MS) {
      latest = { at: now(), stats: look() }
    }
    return latest.stats
  }
}
