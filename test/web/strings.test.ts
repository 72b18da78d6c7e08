import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { FILTERS } from '../../src/domain/filter-evidence.js'
import { CATEGORIES, type ViewName } from '../../src/domain/verdict.js'
import { packageRoot } from '../../src/package-root.js'
import { REPEATED } from '../../src/policy/filters/repetition.js'

const words = z.record(z.string(), z.string().min(1))
const page: unknown = await import(pathToFileURL(`${packageRoot}/src/web/public/strings.js`).href)
const { en, ko } = z.object({ STRINGS: z.object({ en: words, ko: words }) }).parse(page).STRINGS

const VIEWS: Readonly<Record<ViewName, true>> = {
  canonical: true,
  raw: true,
  joined: true,
  keyboard: true,
  shape: true,
  phonetic: true,
  window: true,
  title: true,
}

test.each([
  ['English', en],
  ['Korean', ko],
])('the page has %s words for every category, view, filter and what is repeated', (_, strings) => {
  const keys = [
    ...CATEGORIES,
    ...Object.keys(VIEWS).map((view) => `view_${view}`),
    ...FILTERS.map((filter) => `filter_${filter}`),
    ...REPEATED.map((what) => `repeated_${what}`),
  ]

  expect(keys.filter((key) => !Object.hasOwn(strings, key))).toEqual([])
})

test('what the page says in one language it says in the other, with the same values', () => {
  const valuesOf = (strings: z.infer<typeof words>) =>
    Object.entries(strings)
      .map(([key, text]) => [key, [...text.matchAll(/\{\w+\}/g)].map(String).sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))

  expect(valuesOf(ko)).toEqual(valuesOf(en))
})
