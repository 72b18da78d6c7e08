import type { Random } from '../../../../src/sources/demo/random.js'

/** Where insertions are drawn from: what people type, or symbols of many Unicode blocks at random. */
export type Pool = 'common' | 'rare'

/** 1 can be undone by form alone, 2 needs phonetics, tables or a model, 3 is reported only. */
export type Tier = 1 | 2 | 3

/** Half-open, in UTF-16 units. */
export interface Range {
  readonly start: number
  readonly end: number
}

export type Apply = (text: string, spans: readonly Range[], random: Random, pool: Pool) => string

/** What happens to one marked part; the same string when it cannot be disguised so. */
export type Disguise = (span: string, random: Random, pool: Pool) => string

export interface Attack {
  readonly name: string
  readonly family: string
  readonly tier: Tier
  /** Only insertions have two. */
  readonly pools: readonly Pool[]
  readonly apply: Apply
}

/** Disguises the marked spans, each on its own, and leaves the rest of the line as it is. */
export const onSpans =
  (disguise: Disguise): Apply =>
  (text, spans, random, pool) => {
    let out = ''
    let from = 0
    for (const { start, end } of spans) {
      out += text.slice(from, start) + disguise(text.slice(start, end), random, pool)
      from = end
    }
    return out + text.slice(from)
  }

const ONE_POOL: readonly Pool[] = ['common']
const TWO_POOLS: readonly Pool[] = ['common', 'rare']

const attacksOf =
  (pools: readonly Pool[]) =>
  (tier: Tier, family: string, disguises: Readonly<Record<string, Disguise>>): readonly Attack[] =>
    Object.entries(disguises).map(([name, disguise]) => ({
      name,
      family,
      tier,
      pools,
      apply: onSpans(disguise),
    }))

export const spanAttacks = attacksOf(ONE_POOL)
/** For what inserts something, which may be common or rare. */
export const insertAttacks = attacksOf(TWO_POOLS)

/** Whole-line attacks get the line as it is. */
export const lineAttack = (tier: Tier, family: string, name: string, apply: Apply): Attack => ({
  name,
  family,
  tier,
  pools: ONE_POOL,
  apply,
})
