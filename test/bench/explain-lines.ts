import { createRandom, type Random } from '../../src/sources/demo/random.js'
import { generateStream } from '../fixtures/stream-generator.js'
import { ENGLISH_ATTACKS, KOREAN_ATTACKS } from './robust/attacks/catalogue.js'
import { abusiveLines } from './robust/corpus.js'
import { trialsOf } from './robust/trials.js'

/** Disguises that people really type, one of each kind. */
const ATTACKS: readonly string[] = [
  ...['digit_insert', 'punct_insert', 'space_insert', 'jamo_split', 'jamo_tail', 'keyboard_en', 'homophone'],
  ...['stretch_vowel', 'en_dots', 'en_leet', 'en_stretch'],
]

const shuffled = <T>(items: readonly T[], random: Random): readonly T[] =>
  items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)

const generated = (): readonly string[] => {
  const records = generateStream({ seed: 23, lines: 6_000, users: 100, abusiveUserShare: 0.5 })
  return records
    .filter(({ label }) => label?.abusive === true)
    .map(({ value }) => String(JSON.parse(value.toString('utf8')).text))
}

const attacked = (): readonly string[] => {
  const of = { ko: KOREAN_ATTACKS, en: ENGLISH_ATTACKS }
  return (['ko', 'en'] as const).flatMap((language) =>
    of[language]
      .filter(({ name }) => ATTACKS.includes(name))
      .flatMap((attack) => trialsOf(attack, abusiveLines(language)))
      .flatMap(({ pool, attempts }) => (pool === 'common' ? attempts.map(({ text }) => text) : [])),
  )
}

const written = (): readonly string[] =>
  (['ko', 'en'] as const).flatMap((language) => abusiveLines(language).map(({ text }) => text))

/**
 * Different abusive lines in a fixed order, as many as there are: of five three as they were written for the
 * robust benchmark while those last, one of them attacked, and one of the generated stream.
 */
export const abusiveTexts = (): readonly string[] => {
  const random = createRandom(31)
  const [plain, disguised, stream] = [written(), attacked(), generated()].map((texts) =>
    shuffled([...new Set(texts)], random).values(),
  )
  const rounds = Array.from({ length: 2_000 }, () =>
    [plain, stream, plain, disguised, plain].flatMap((texts) => texts?.next().value ?? []),
  )
  return [...new Set(rounds.flat())]
}
