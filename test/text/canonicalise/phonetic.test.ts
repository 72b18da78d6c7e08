import { expect, test } from 'vitest'
import { spellPlainly } from '../../../src/text/canonicalise/phonetic.js'
import { after, mapped, viewsOf } from '../texts.js'

test.each([
  ['a coda that nobody hears', '싯발', '시발'],
  ['a coda that nobody hears', '개샛끼', '개새끼'],
  ['a vowel that sounds alike', '병싄', '병신'],
  ['a coda cluster', '시밝', '시발'],
  ['a coda cluster', '시밠', '시발'],
  ['a vowel that sounds alike', '시뱔', '시발'],
  ['a coda moved from the next syllable', '십알', '시발'],
  ['a coda moved from the next syllable', '샊이', '새끼'],
  ['a coda moved from the next syllable', '질알', '지랄'],
])('%s: %s sounds like %s', (_, raw, plain) => {
  expect(after(spellPlainly, raw)).toBe(plain)
})

test.each([
  '오늘 방송 재밌다',
  '못 먹어',
  '했넼ㅋㅋ',
  '검열',
  '총알',
  '있어',
  '음악',
  '밝은 날',
  '발밑',
  '억울',
  '좆같네',
  'ㅅㅂ abc',
])('%s is spelled plainly', (raw) => {
  const text = mapped(raw)

  expect(spellPlainly(text)).toBe(text)
})

test('a syllable that changed keeps its place, also beside one that moved', () => {
  expect(spellPlainly(mapped('가 십알'))).toMatchObject({ starts: [0, 1, 2, 3], ends: [1, 2, 3, 4] })
})

test('the phonetic view reads through marks', () => {
  expect(viewsOf('야 싯.발')).toMatchObject({ joined: '야 싯발', phonetic: '야 시발' })
})
