import { createRandom } from '../../../src/sources/demo/random.js'
import type { Attack, Pool } from './attacks/attack.js'
import type { MarkedLine } from './corpus.js'
import { seedOf } from './seed.js'
import type { Outcome, System } from './system.js'

/** An attack on every line that it changes, once or `draws` times. */
export interface Trials {
  readonly attack: Attack
  readonly pool: Pool
  readonly attempts: readonly { readonly line: MarkedLine; readonly text: string }[]
}

export const trialsOf = (attack: Attack, lines: readonly MarkedLine[], draws = 1): readonly Trials[] =>
  attack.pools.map((pool) => ({
    attack,
    pool,
    attempts: lines.flatMap((line) =>
      Array.from({ length: draws }, (_, draw) => {
        const random = createRandom(seedOf(attack.name, pool, draw, line.text))
        return { line, text: attack.apply(line.text, line.spans, random, pool) }
      }).filter(({ text }) => text !== line.text),
    ),
  }))

/** Outcomes of one system by text: each text is judged once. */
export interface Judged {
  readonly system: System
  readonly outcomes: ReadonlyMap<string, Outcome>
}

export const isFlagged = ({ outcomes }: Judged, text: string): boolean =>
  outcomes.get(text)?.isFlagged ?? false

/** In percent; 0 of nothing. */
export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole)

export const flaggedShare = (judged: Judged, texts: readonly string[]): number =>
  percent(texts.filter((text) => isFlagged(judged, text)).length, texts.length)

/** Of the attempts on lines that are caught as they are, how many are still caught. */
export const keptShare = (judged: Judged, { attempts }: Trials): number =>
  flaggedShare(
    judged,
    attempts.filter(({ line }) => isFlagged(judged, line.text)).map(({ text }) => text),
  )

export const judgeAll = async (system: System, texts: readonly string[]): Promise<Judged> => ({
  system,
  outcomes: await system.judge(texts),
})

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
