import { type Profiler, Session } from 'node:inspector/promises'

/** Microseconds spent by the name that `nameOf` gives to a function's file, its callees without a name included. */
export type Shares = ReadonlyMap<string, number>

const INTERVAL_MICROSECONDS = 200
const GARBAGE = '(garbage collector)'

/** Has a name, because what is called outside of it is the profiler's own work. */
function profiledWork(work: () => void): void {
  work()
}

const microsecondsByNode = ({
  samples = [],
  timeDeltas = [],
}: Profiler.Profile): ReadonlyMap<number, number> => {
  const spent = new Map<number, number>()
  samples.forEach((node, index) => {
    spent.set(node, (spent.get(node) ?? 0) + (timeDeltas[index] ?? 0))
  })
  return spent
}

const sharesOf = (profile: Profiler.Profile, nameOf: (url: string) => string | undefined): Shares => {
  const spent = microsecondsByNode(profile)
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const shares = new Map<string, number>()
  const visit = (id: number, inherited: string | undefined): void => {
    const node = nodes.get(id)
    if (node === undefined) return
    const { functionName, url } = node.callFrame
    const own = functionName === GARBAGE ? 'garbage collection' : nameOf(url)
    const name = own ?? (functionName === profiledWork.name ? 'the rest' : inherited)
    if (name !== undefined) shares.set(name, (shares.get(name) ?? 0) + (spent.get(id) ?? 0))
    for (const child of node.children ?? []) visit(child, name)
  }
  const root = profile.nodes[0]
  if (root !== undefined) visit(root.id, undefined)
  return shares
}

/** Where the time of `work` goes, by V8's sampling profiler. */
export const profile = async (
  work: () => void,
  nameOf: (url: string) => string | undefined,
): Promise<Shares> => {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS })
    await session.post('Profiler.start')
    profiledWork(work)
    const { profile: recorded } = await session.post('Profiler.stop')
    return sharesOf(recorded, nameOf)
  } finally {
    session.disconnect()
  }
}
