import { expect, test } from 'vitest'
import { CATEGORIES } from '../../src/domain/verdict.js'
import { perCategory } from '../../src/model/per-category.js'

test('every category gets its value, with its place in a row of logits', () => {
  const record = perCategory((category, index) => `${category} ${index}`)

  expect(Object.keys(record)).toEqual([...CATEGORIES])
  expect(Object.values(record)).toEqual(CATEGORIES.map((category, index) => `${category} ${index}`))
})
