/** Decayed strikes: worth `score` at event time `atMs` and half of that one half-life later. */
export interface Strikes {
  readonly score: number
  readonly atMs: number
}

const decay = (elapsedMs: number, halfLifeMs: number): number => 2 ** (-elapsedMs / halfLifeMs)

/**
 * Adds `weight` at event time `tMs`, which may lie before `atMs`: the sum is the same in every order, so a
 * replay or a late message gives the same strikes. `strikes.lua` does the same arithmetic.
 */
export const addStrikes = (
  strikes: Strikes | null,
  weight: number,
  tMs: number,
  halfLifeMs: number,
): Strikes => {
  if (!strikes) return { score: weight, atMs: tMs }
  return tMs >= strikes.atMs
    ? { score: strikes.score * decay(tMs - strikes.atMs, halfLifeMs) + weight, atMs: tMs }
    : { score: strikes.score + weight * decay(strikes.atMs - tMs, halfLifeMs), atMs: strikes.atMs }
}

/** The strikes at event time `tMs`, in millionths; a time before the last strike reads that last strike. */
export const strikesAt = (strikes: Strikes | null, tMs: number, halfLifeMs: number): number => {
  if (!strikes) return 0
  return roundStrikes(strikes.score * decay(Math.max(0, tMs - strikes.atMs), halfLifeMs))
}

/** Every store shows this precision, so that the twins show the same number. */
export const roundStrikes = (score: number): number => Math.round(score * 1e6) / 1e6
