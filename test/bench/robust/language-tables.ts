import type { MarkedLine } from './corpus.js'
import type { Measured } from './measure.js'
import { printTable } from './table.js'
import { flaggedShare, isFlagged, type Judged, keptShare, mean, percent, type Trials } from './trials.js'

const LANGUAGES = { ko: 'Korean', en: 'English' } as const

const textsOf = ({ attempts }: Trials): readonly string[] => attempts.map(({ text }) => text)

const nameOf = ({ attack, pool }: Trials): string => (pool === 'rare' ? `${attack.name} (rare)` : attack.name)

/** The mean over attacks; an attack with two pools counts once. */
const tierMean = (trials: readonly Trials[], share: (trials: Trials) => number): number => {
  const names = [...new Set(trials.map(({ attack }) => attack.name))]
  return mean(names.map((name) => mean(trials.filter(({ attack }) => attack.name === name).map(share))))
}

export const keptMean = (judged: Judged, trials: readonly Trials[]): number =>
  tierMean(trials, (one) => keptShare(judged, one))

export const printAttacks = ({ language, judged, attacks, mix, padding }: Measured): void => {
  const systems = judged.flatMap(({ system }) => [`${system.name} recall`, 'kept'])
  const cells = (share: (judged: Judged, kind: 'recall' | 'kept') => number): number[] =>
    judged.flatMap((one) => [share(one, 'recall'), share(one, 'kept')])
  const rowOf = (trials: Trials) => [
    nameOf(trials),
    trials.attack.family,
    String(trials.attempts.length),
    ...cells((one, kind) =>
      kind === 'recall' ? flaggedShare(one, textsOf(trials)) : keptShare(one, trials),
    ),
  ]
  const tiers = [1, 2, 3].flatMap((tier) => {
    const members = attacks.filter(({ attack }) => attack.tier === tier)
    if (members.length === 0) return []
    const total = cells((one, kind) =>
      tierMean(members, (trials) =>
        kind === 'recall' ? flaggedShare(one, textsOf(trials)) : keptShare(one, trials),
      ),
    )
    return [...members.map(rowOf), [`TIER ${tier}, mean`, '', '', ...total]]
  })
  printTable(
    `${LANGUAGES[language]}: % of attacked lines flagged (recall), and of those that are flagged as they are (kept)`,
    ['attack', 'family', 'lines', ...systems],
    [...tiers, rowOf(mix), ...padding.map(rowOf)],
  )
}

const byGroup = (lines: readonly MarkedLine[]): readonly (readonly [string, readonly MarkedLine[]])[] =>
  [...new Set(lines.map(({ group }) => group))].map((group) => [
    group,
    lines.filter((line) => line.group === group),
  ])

const shareOf = (judged: Judged, lines: readonly MarkedLine[]): number =>
  flaggedShare(
    judged,
    lines.map(({ text }) => text),
  )

export const printClean = ({ language, judged, abusive, innocent }: Measured): void => {
  const table = (title: string, lines: readonly MarkedLine[]): void =>
    printTable(
      `${LANGUAGES[language]}: ${title}`,
      ['group', 'lines', ...judged.map(({ system }) => system.name)],
      [...byGroup(lines), ['ALL', lines] as const].map(([group, members]) => [
        group,
        String(members.length),
        ...judged.map((one) => shareOf(one, members)),
      ]),
    )
  table('% of abusive lines flagged as they are', abusive)
  table('% of innocent lines flagged as they are', innocent)
}

/** What disguising alone adds: innocent lines that are flagged only when attacked, the mean over attacks. */
export const newlyFlagged = (judged: Judged, { neutral }: Pick<Measured, 'neutral'>): number =>
  mean(
    neutral.map(({ attempts }) =>
      percent(
        attempts.filter(({ line, text }) => isFlagged(judged, text) && !isFlagged(judged, line.text)).length,
        attempts.length,
      ),
    ),
  )

export const printNeutral = ({ language, judged, neutral }: Measured): void => {
  const rows = neutral.map((trials) => [
    trials.attack.name,
    String(trials.attempts.length),
    ...judged.map((one) => flaggedShare(one, textsOf(trials))),
  ])
  printTable(
    `${LANGUAGES[language]}: % of innocent lines flagged when one to three of their words are disguised`,
    ['attack', 'lines', ...judged.map(({ system }) => system.name)],
    [
      ...rows,
      ['MEAN', '', ...judged.map((one) => mean(neutral.map((trials) => flaggedShare(one, textsOf(trials)))))],
      ['  of it, not flagged as they are', '', ...judged.map((one) => newlyFlagged(one, { neutral }))],
    ],
  )
}

/** The same by family of innocent lines, over all attacks. */
export const printNeutralFamilies = ({ language, judged, innocent, neutral }: Measured): void => {
  const attempts = neutral.flatMap((trials) => trials.attempts)
  printTable(
    `${LANGUAGES[language]}: % of innocent lines flagged when disguised, by family, over all attacks`,
    ['group', 'texts', ...judged.map(({ system }) => system.name)],
    byGroup(innocent).map(([group]) => {
      const texts = attempts.filter(({ line }) => line.group === group).map(({ text }) => text)
      return [group, String(texts.length), ...judged.map((one) => flaggedShare(one, texts))]
    }),
  )
}

/** Attacks that insert something, by name: kept with common and with rare symbols. */
export const poolsOf = (judged: Judged, trials: readonly Trials[]) =>
  trials
    .filter(({ pool }) => pool === 'rare')
    .flatMap((rare) => {
      const common = trials.find(({ attack, pool }) => attack.name === rare.attack.name && pool === 'common')
      if (common === undefined) return []
      return [{ name: rare.attack.name, common: keptShare(judged, common), rare: keptShare(judged, rare) }]
    })

export const printPools = ({ language, judged, attacks }: Measured): void => {
  const names = poolsOf(judged[0] ?? neverJudged(), attacks).map(({ name }) => name)
  const pools = judged.map((one) => poolsOf(one, attacks))
  printTable(
    `${LANGUAGES[language]}: kept with common and with rare symbols`,
    ['attack', ...judged.flatMap(({ system }) => [`${system.name} common`, 'rare'])],
    names.map((name, index) => [
      name,
      ...pools.flatMap((rows) => [rows[index]?.common ?? 0, rows[index]?.rare ?? 0]),
    ]),
  )
}

const neverJudged = (): never => {
  throw new Error('no system was asked')
}
