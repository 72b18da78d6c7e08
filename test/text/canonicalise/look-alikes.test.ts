import { expect, test } from 'vitest'
import { foldLookAlikes } from '../../../src/text/canonicalise/look-alikes.js'
import { after, mapped } from '../texts.js'

test.each([
  ['Cyrillic inside a Latin word', 'fuсk shіt', 'fuck shit'],
  ['Greek inside a Latin word', 'Αss bιtch', 'Ass bitch'],
  ['rare Latin letters', 'ƅɩƭch ƈunt', 'biƭch cunt'],
  ['a Russian word beside a Latin one stays', 'привет ok', 'привет ok'],
  ['a word of look-alikes only stays', 'ѕһіт', 'ѕһіт'],
])('%s', (_, raw, folded) => {
  expect(after((text) => foldLookAlikes(text, 'mixed'), raw)).toBe(folded)
})

test('the reading of whole words folds those made of look-alikes only', () => {
  const fold = (raw: string) => after((text) => foldLookAlikes(text, 'whole'), raw)

  expect(fold('ѕһіт')).toBe('shit')
  expect(fold('привет да')).toBe('привет да')
})

test.each(['안녕 hello', 'I Привет'])('%s is the same object', (raw) => {
  const text = mapped(raw)

  expect(foldLookAlikes(text, 'mixed')).toBe(text)
})
