import { expect, test } from 'vitest'
import { rankOf } from '../../../src/text/canonicalise/ordinary-syllables.js'

const rank = (syllable: string): number => rankOf(syllable.charCodeAt(0))

test('frequent syllables rank before others, rare ones have no rank', () => {
  expect(rank('이')).toBeGreaterThanOrEqual(0)
  expect(rank('이')).toBeLessThan(rank('컴'))
  expect([rank('싯'), rank('뷁'), rank('a'), rank('ㅋ')]).toEqual([-1, -1, -1, -1])
})
