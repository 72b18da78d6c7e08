import type { Figure } from '../report.js'
import { keptMean, newlyFlagged, poolsOf } from './language-tables.js'
import type { Measured } from './measure.js'
import { flaggedShare, type Judged, keptShare, mean, type Trials } from './trials.js'

/** Attacks that need phonetics or tables, of which each must hold by itself. */
const EACH = [
  ['homophone', 60],
  ['chosung_full', 60],
  ['chosung_partial', 60],
  ['latin_insert', 60],
  ['leet_ko', 50],
  ['resyllabify', 60],
  ['coda_add', 60],
  ['partial_mask', 60],
  ['cjk_component', 50],
] as const

/** Families of innocent lines that play on no word of abuse: what most of chat is. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['everyday', 'complaint', 'donation', 'game-talk', 'typos', 'dialect', 'lyrics', 'numbers'],
  ...['laughter-mixed', 'kaomoji', 'obfuscated-look', 'initials', 'foreign-words', 'group-neutral'],
])

const lowest = (judged: Judged, trials: readonly Trials[]) =>
  trials
    .map((one) => ({ name: `${one.attack.name}, ${one.pool}`, kept: keptShare(judged, one) }))
    .toSorted((a, b) => a.kept - b.kept)[0] ?? { name: 'none', kept: 0 }

/** Of attacked innocent lines, those that are flagged: by attack, the worst first. */
const neutralShares = (judged: Judged, { neutral }: Measured, isWanted: (group: string) => boolean) =>
  neutral
    .map(({ attack, attempts }) => ({
      name: attack.name,
      share: flaggedShare(judged, textsOf(attempts.filter(({ line }) => isWanted(line.group)))),
    }))
    .toSorted((a, b) => b.share - a.share)

const textsOf = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text)

/** Haechi's figures for Korean, with the floors of the goals. */
export function* koreanFigures(measured: Measured, haechi: Judged): Generator<Figure> {
  const { abusive, innocent, attacks, mix, padding } = measured
  const ofTier = (tier: number) => attacks.filter(({ attack }) => attack.tier === tier)
  const worst = lowest(haechi, ofTier(1))
  const neutral = neutralShares(haechi, measured, () => true)
  const plain = neutralShares(haechi, measured, (group) => PLAIN.has(group))
  const pools = poolsOf(haechi, attacks).map((p) => ({ ...p, gap: Math.abs(p.common - p.rare) }))
  const widest = pools.toSorted((a, b) => b.gap - a.gap)[0]
  const unit = '%'
  yield { name: 'robust.recall', value: flaggedShare(haechi, textsOf(abusive)), unit, atLeast: 65 }
  yield { name: 'robust.false_positives', value: flaggedShare(haechi, textsOf(innocent)), unit, atMost: 4 }
  yield { name: 'robust.tier1_kept', value: keptMean(haechi, ofTier(1)), unit, atLeast: 95 }
  yield { name: 'robust.tier1_worst', value: worst.kept, unit, atLeast: 85, note: worst.name }
  yield { name: 'robust.tier2_kept', value: keptMean(haechi, ofTier(2)), unit, atLeast: 70 }
  yield { name: 'robust.tier3_kept', value: keptMean(haechi, ofTier(3)), unit, note: 'reported only' }
  for (const [name, goal] of EACH) {
    const trials = attacks.filter(({ attack }) => attack.name === name)
    yield { name: `robust.${name}`, value: keptMean(haechi, trials), unit, note: `goal ${goal}` }
  }
  yield { name: 'robust.chat_mix_kept', value: keptShare(haechi, mix), unit, atLeast: 88 }
  yield {
    name: 'robust.chat_mix_recall',
    value: flaggedShare(haechi, textsOf(mix.attempts)),
    unit,
    note: `${mix.attempts.length} draws`,
  }
  yield { name: 'robust.neutral_mean', value: mean(neutral.map(({ share }) => share)), unit, atMost: 2 }
  yield { name: 'robust.neutral_worst', value: neutral[0]?.share ?? 0, unit, note: neutral[0]?.name ?? '' }
  yield {
    name: 'robust.neutral_new',
    value: newlyFlagged(haechi, measured),
    unit,
    note: 'not flagged as they are',
  }
  yield {
    name: 'robust.neutral_plain',
    value: mean(plain.map(({ share }) => share)),
    unit,
    note: `families without a trap; worst ${plain[0]?.share.toFixed(1)} (${plain[0]?.name})`,
  }
  for (const one of padding) yield { name: `robust.${one.attack.name}`, value: keptShare(haechi, one), unit }
  yield { name: 'robust.padding_kept', value: keptMean(haechi, padding), unit, atLeast: 90 }
  yield {
    name: 'robust.pool_gap',
    value: widest?.gap ?? 0,
    unit: 'points',
    atMost: 5,
    note: `${widest?.name}, common against rare`,
  }
}

export function* englishFigures({ abusive, innocent, attacks, mix, padding }: Measured, haechi: Judged) {
  const ofTier = (tier: number) => attacks.filter(({ attack }) => attack.tier === tier)
  const worst = lowest(haechi, ofTier(1))
  const unit = '%'
  const figures: readonly Figure[] = [
    { name: 'robust.en_recall', value: flaggedShare(haechi, textsOf(abusive)), unit },
    { name: 'robust.en_false_positives', value: flaggedShare(haechi, textsOf(innocent)), unit },
    { name: 'robust.en_tier1_kept', value: keptMean(haechi, ofTier(1)), unit, atLeast: 95 },
    { name: 'robust.en_tier1_worst', value: worst.kept, unit, note: worst.name },
    { name: 'robust.en_tier2_kept', value: keptMean(haechi, ofTier(2)), unit },
    { name: 'robust.en_chat_mix_kept', value: keptShare(haechi, mix), unit },
    { name: 'robust.en_padding_kept', value: keptMean(haechi, padding), unit },
  ]
  yield* figures
}
