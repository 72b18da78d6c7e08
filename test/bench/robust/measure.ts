import type { Attack } from './attacks/attack.js'
import { ENGLISH_ATTACKS, ENGLISH_MIX, KOREAN_ATTACKS, KOREAN_MIX, MIX_DRAWS } from './attacks/catalogue.js'
import { paddingAttacks } from './attacks/padding.js'
import { abusiveLines, innocentLines, type MarkedLine, paddingSentences } from './corpus.js'
import type { System } from './system.js'
import { type Judged, judgeAll, type Trials, trialsOf } from './trials.js'

/** Everything that is asked about one language: the lines, and what attacks make of them. */
export interface Plan {
  readonly language: 'ko' | 'en'
  readonly abusive: readonly MarkedLine[]
  readonly innocent: readonly MarkedLine[]
  readonly attacks: readonly Trials[]
  readonly mix: Trials
  readonly padding: readonly Trials[]
  /** Attacks on innocent lines. */
  readonly neutral: readonly Trials[]
}

/** With the answers of each system, Haechi's first. */
export interface Measured extends Plan {
  readonly judged: readonly Judged[]
}

/** Insertions are drawn this often, since their two pools are compared. */
const POOL_DRAWS = 3

const drawsOf = ({ pools }: Attack): number => (pools.length > 1 ? POOL_DRAWS : 1)

const first = (attack: Attack): Attack => ({ ...attack, pools: attack.pools.slice(0, 1) })

export const planFor = (language: 'ko' | 'en'): Plan => {
  const isKorean = language === 'ko'
  const attacks = isKorean ? KOREAN_ATTACKS : ENGLISH_ATTACKS
  const mix = isKorean ? KOREAN_MIX : ENGLISH_MIX
  const padding = paddingAttacks(isKorean ? '' : 'en_', paddingSentences(language))
  const abusive = abusiveLines(language)
  const innocent = innocentLines(language)
  const all = (some: readonly Attack[], lines: readonly MarkedLine[]): readonly Trials[] =>
    some.flatMap((attack) => trialsOf(attack, lines, drawsOf(attack)))
  const [mixTrials] = trialsOf(mix, abusive, MIX_DRAWS)
  return {
    language,
    abusive,
    innocent,
    attacks: all(attacks, abusive),
    mix: mixTrials ?? { attack: mix, pool: 'common', attempts: [] },
    padding: all(padding, abusive),
    neutral: all([...attacks, mix, ...padding].map(first), innocent),
  }
}

const textsOf = ({ abusive, innocent, attacks, mix, padding, neutral }: Plan): readonly string[] => [
  ...[...abusive, ...innocent].map(({ text }) => text),
  ...[...attacks, mix, ...padding, ...neutral].flatMap(({ attempts }) => attempts.map(({ text }) => text)),
]

/** Lets every system judge the same texts. */
export const measure = async (plan: Plan, systems: readonly System[]): Promise<Measured> => {
  const texts = textsOf(plan)
  const judged: Judged[] = []
  for (const system of systems) {
    const start = performance.now()
    judged.push(await judgeAll(system, texts))
    const seconds = (performance.now() - start) / 1000
    process.stdout.write(
      `  ${plan.language}: ${system.name} judged ${judged.at(-1)?.outcomes.size} texts in ${seconds.toFixed(1)} s\n`,
    )
  }
  return { ...plan, judged }
}
