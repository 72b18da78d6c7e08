import { expect, test } from 'vitest'
import { findKnownWords, respell, respellSigns } from '../../../src/text/canonicalise/respell.js'
import { makeViews } from '../../../src/text/views.js'
import { after, mapped, rawOf, viewsOf } from '../texts.js'

test.each([
  ['평신아', '병신아'],
  ['병싄', '병신'],
  ['개세끼야', '개새끼야'],
  ['미췬년', '미친년'],
  ['쌔끼', '새끼'],
  ['샊이', '새끼'],
])('%s sounds like %s', (raw, plain) => {
  expect(after(respell, raw)).toBe(plain)
})

test.each([
  ['병ㅅ', '병신'],
  ['ㅂ신', '병신'],
  ['ㅁ친놈', '미친놈'],
  ['ㄱㅅㄲ', '개새끼'],
  ['ㄸㄹㅇ', '또라이'],
])('%s has the initials of %s', (raw, plain) => {
  expect(after(respell, raw)).toBe(plain)
})

test.each([
  ['병○', '병신'],
  ['미*놈', '미친놈'],
  ['쓰X기', '쓰레기'],
  ['짱★깨', '짱★깨'],
  ['○신', '○신'],
  ['지은 씨♡ 생일', '지은 씨♡ 생일'],
  ['장♥인 결혼', '장♥인 결혼'],
  ['민수 씨+지은 씨', '민수 씨+지은 씨'],
  ['씨*', '씨발'],
])('what the sign in %s hides makes %s', (raw, plain) => {
  expect(after(respellSigns, raw)).toBe(plain)
})

test.each([
  '세끼 먹었다',
  '게임',
  '저녁',
  '청년',
  '신발',
  '1조만',
  '아버지',
  'ㅈㄴ아',
  'ㅋㅋ이거',
  'ㅇㅈㄹ',
  '안녕',
])('%s means itself', (raw) => {
  const text = mapped(raw)

  expect(respell(text)).toBe(text)
})

test('a word that is written plainly is found, and stays', () => {
  const text = mapped('야 병신아')

  expect(findKnownWords(text)).toMatchObject([{ start: 2, end: 4, isPlain: true }])
  expect(respell(text)).toBe(text)
})

test('inside of another word nothing is read', () => {
  expect(after(respell, '할아버지')).toBe('할아버지')
})

test('each syllable comes from where it was written', () => {
  const raw = '야 개ㅅ끼야'
  const phonetic = makeViews({ text: raw, emotes: [], kind: 'chat' }).views.find(
    ({ name }) => name === 'phonetic',
  )

  expect(phonetic && rawOf(phonetic.text, raw, '개새끼')).toBe('개ㅅ끼')
})

test.each([
  ['평1신아', '병신아'],
  ['미 ㅊ 놈', '미친놈'],
  ['vudtls', '병신'],
  ['ㅂ.신', '병신'],
])('two manners at once: %s', (raw, plain) => {
  expect(viewsOf(raw).phonetic).toBe(plain)
})

test('a line in which nothing is disguised has no such view', () => {
  expect(viewsOf('오늘 저녁 뭐 먹지')).toEqual({ canonical: '오늘 저녁 뭐 먹지' })
})
