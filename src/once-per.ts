/** Calls `run` at most once in `ms`; what comes in between is dropped. For complaints that repeat themselves. */
export const oncePer = <T>(ms: number, run: (value: T) => void): ((value: T) => void) => {
  let lastMs = Number.NEGATIVE_INFINITY
  return (value) => {
    if (performance.now() - lastMs < ms) return
    lastMs = performance.now()
    run(value)
  }
}
