import { expect, test } from 'vitest'
import { isSyllableWithParticle } from '../../../src/text/canonicalise/lone-syllables.js'
import { mapped } from '../texts.js'

const holds = (word: string): boolean => isSyllableWithParticle(mapped(word), { start: 0, end: word.length })

test.each(['끼야', '끼들아', '발놈아', '신같이', '랄하네', '충이네'])(
  '%s is a syllable with a particle',
  (word) => {
    expect(holds(word)).toBe(true)
  },
)

test.each(['끼니', '발표', '발로란트', '신제품', '발매', '발음', '끼', '발ㅋ', '발표회를'])(
  '%s is a word',
  (word) => {
    expect(holds(word)).toBe(false)
  },
)
