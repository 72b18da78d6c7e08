import { describe, expect, test } from 'vitest'
import { createRandom } from '../../src/sources/demo/random.js'
import type { Attack } from '../bench/robust/attacks/attack.js'
import { ENGLISH_ATTACKS, KOREAN_ATTACKS, KOREAN_MIX } from '../bench/robust/attacks/catalogue.js'
import { parseMarks } from '../bench/robust/corpus.js'
import { resultOf } from '../bench/robust/sequence-table.js'

const ALL: readonly Attack[] = [...KOREAN_ATTACKS, ...ENGLISH_ATTACKS, KOREAN_MIX]
const WHOLE_LINE = new Set(['spaces_removed', 'space_all', 'vertical', 'allow_cover', 'en_space_all'])
const KOREAN = parseMarks('오늘도 ⟦바나나⟧ 먹고 ⟦신난다⟧ 하하')
const ENGLISH = parseMarks('some ⟦fresh bananas⟧ today')

const attack = (name: string, marked: string, seed = 1): string => {
  const found = ALL.find((one) => one.name === name)
  const { text, spans } = parseMarks(marked)
  return found?.apply(text, spans, createRandom(seed), 'common') ?? `no attack ${name}`
}

test('every attack has a name of its own, and there are enough of each tier', () => {
  const ofTier = (tier: number) => KOREAN_ATTACKS.filter((one) => one.tier === tier).length

  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length)
  expect(ofTier(1)).toBeGreaterThanOrEqual(29)
  expect(ofTier(2)).toBeGreaterThanOrEqual(26)
})

test('the same seed makes the same text', () => {
  for (const { apply, pools } of ALL)
    for (const pool of pools) {
      const [one, other] = [1, 1].map((seed) => apply(KOREAN.text, KOREAN.spans, createRandom(seed), pool))
      expect(one).toBe(other)
    }
})

test.each(ALL.map((one) => [one.name, one] as const))('%s changes what is marked', (name, one) => {
  const { text, spans } = name.startsWith('en_') ? ENGLISH : KOREAN
  const changed = Array.from({ length: 20 }, (_, seed) =>
    one.apply(text, spans, createRandom(seed), 'common'),
  ).filter((result) => result !== text)

  // A number is read into 오 or 일 only, and Chinese letters exist for few syllables.
  if (!['number_read', 'hanja_read'].includes(name)) expect(changed.length).toBeGreaterThan(0)
  if (!WHOLE_LINE.has(name))
    for (const result of changed) {
      expect(result.startsWith(text.slice(0, spans[0]?.start))).toBe(true)
      expect(result.endsWith(text.slice(spans.at(-1)?.end))).toBe(true)
    }
})

describe('what attacks make of a word', () => {
  test.each([
    ['jamo_split', '⟦바다⟧', 'ㅂㅏㄷㅏ'],
    ['nfd', '⟦강⟧', '\u1100\u1161\u11bc'],
    ['halfwidth_jamo', '⟦바⟧', 'ﾲￂ'],
    ['chosung_full', '⟦바다⟧로', 'ㅂㄷ로'],
    ['keyboard_en', '⟦꽃밭⟧', 'Rhcqkx'],
    ['romanise', '⟦한강⟧', 'hangang'],
    ['kana', '⟦반다⟧', 'バンダ'],
    ['jamo_tail', '⟦강⟧', '가ㅇ'],
    ['coda_drop', '⟦강⟧', '가'],
    ['resyllabify', '⟦바다⟧', '받아'],
    ['swap', '⟦바다⟧', '다바'],
    ['reverse', '⟦바나나⟧', '나나바'],
    ['bidi_reverse', '⟦바다⟧', '\u202e다바\u202c'],
    ['en_korean_keys', '⟦gk⟧', 'ㅎㅏ'],
    ['en_upper_case', '⟦pear⟧', 'PEAR'],
  ])('%s of %s is %s', (name, marked, expected) => {
    expect(attack(name, marked)).toBe(expected)
  })
})

test('marks that do not pair are an error, and marks are not in the text', () => {
  expect(() => parseMarks('⟦바다')).toThrow('do not pair')
  expect(() => parseMarks('바⟧다⟦')).toThrow('do not pair')
  expect(parseMarks('a⟦b⟧c')).toEqual({ text: 'abc', spans: [{ start: 1, end: 2 }] })
})

test('a sequence counts by where its first flag falls', () => {
  expect(resultOf([false, true], 1)).toBe('at')
  expect(resultOf([false, true, true], 2)).toBe('early')
  expect(resultOf([true, true], 1)).toBe('first')
  expect(resultOf([false, false, true], 1)).toBe('late')
  expect(resultOf([false, false], 1)).toBe('never')
  expect(resultOf([false, true], -1)).toBe('early')
})
