import type { Case } from '../../src/domain/case.js'
import { CATEGORIES, type Verdict } from '../../src/domain/verdict.js'
import type { Kept } from './topics.js'

export const headerOf = ({ message }: Kept, name: string): string => String(message.headers?.[name] ?? '')

/** The first of each key, and the keys of which a later copy was not the same. */
export const deduplicate = (records: readonly Kept[], keyOf: (record: Kept) => string) => {
  const first = new Map<string, Kept>()
  const changed: string[] = []
  for (const record of records) {
    const key = keyOf(record)
    const known = first.get(key)
    if (known === undefined) first.set(key, record)
    else if (!known.message.value?.equals(record.message.value ?? Buffer.alloc(0))) changed.push(key)
  }
  return { first, changed, repeats: records.length - first.size }
}

/** Batch mates may move a score by its last digit, which rounding can show. */
const SCORE_TOLERANCE = 0.0002

export const sameVerdict = (actual: Verdict, expected: Verdict): boolean =>
  actual.verdict === expected.verdict &&
  JSON.stringify(actual.spans) === JSON.stringify(expected.spans) &&
  JSON.stringify(actual.versions) === JSON.stringify(expected.versions) &&
  CATEGORIES.every((c) => Math.abs(actual.scores[c] - expected.scores[c]) <= SCORE_TOLERANCE)

export const sameCase = (actual: Case, expected: Case): boolean =>
  Math.abs(actual.strikes - expected.strikes) < 0.01 &&
  JSON.stringify(actual.lines.map((l) => l.messageId).sort()) ===
    JSON.stringify(expected.lines.map((l) => l.messageId).sort())
