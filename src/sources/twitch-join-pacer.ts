/** Twitch takes 20 joins in 10 s; the extra second covers the network's jitter. https://dev.twitch.tv/docs/chat/#rate-limits */
const MAX_JOINS = 20
const WINDOW_MS = 11_000

/**
 * Asks for one join at `nowMs`: 0 when it may be sent at once (it then counts), else the milliseconds to wait.
 * One pacer serves all connections of a process, so that reconnecting cannot exceed the limit either.
 */
export const createJoinPacer = (): ((nowMs: number) => number) => {
  const joinedAtMs: number[] = []
  return (nowMs) => {
    const oldest = joinedAtMs.length < MAX_JOINS ? undefined : joinedAtMs[0]
    const waitMs = oldest === undefined ? 0 : oldest + WINDOW_MS - nowMs
    if (waitMs > 0) return waitMs
    if (oldest !== undefined) joinedAtMs.shift()
    joinedAtMs.push(nowMs)
    return 0
  }
}
