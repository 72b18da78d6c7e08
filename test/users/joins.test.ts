import { expect, test } from 'vitest'
import { joinsOf } from '../../src/users/joins.js'
import type { Fragment } from '../../src/users/user-store.js'

const fragments = (texts: string): readonly Fragment[] =>
  texts.split(' ').map((text, index) => ({ messageId: `m${index}`, text, sentAtMs: index * 1000 }))

const joinsOfAll = (texts: string) => {
  const all = fragments(texts)
  const last = all.at(-1)
  return last === undefined ? [] : joinsOf(all, last)
}
const textsOf = (texts: string): readonly string[] => joinsOfAll(texts).map(({ text }) => text)

test('a fragment alone joins nothing', () => {
  expect(joinsOfAll('시')).toEqual([])
})

test('each join ends in the message that completes it, shortest first', () => {
  expect(textsOf('안녕 개새 끼야')).toEqual(['개새끼야', '안녕개새끼야'])
})

test('a join knows the fragments it was made of', () => {
  expect(joinsOfAll('안녕 병 신').map(({ from }) => from.map(({ text }) => text))).toEqual([
    ['병'],
    ['안녕', '병'],
  ])
})

test('fragments of another script may stand in between, or be part of it', () => {
  expect(textsOf('씨 lul 발')).toEqual(['lul발', '씨lul발', '씨발'])
  expect(textsOf('fu 와 ck')).toEqual(['와ck', 'fu와ck', 'fuck'])
})

test('longer fragments may stand between lone letters', () => {
  expect(textsOf('f lol u')).toEqual(['lolu', 'flolu', 'fu'])
})

test('what starts in the middle of a spelled word names the whole of it', () => {
  const withins = (texts: string) => joinsOfAll(texts).map(({ text, within }) => [text, within])

  expect(withins('다 시 발')).toEqual([
    ['시발', '다시발'],
    ['다시발', undefined],
  ])
  expect(withins('안녕 시 발')).toEqual([
    ['시발', undefined],
    ['안녕시발', undefined],
  ])
  expect(withins('다 시 발표')).toEqual([
    ['시발표', '다시발표'],
    ['다시발표', undefined],
  ])
})

test('what is longer than eleven letters, digits apart, is no join', () => {
  expect(textsOf('좋아요 그래요 아니요 맞아요')).toEqual(['아니요맞아요', '그래요아니요맞아요'])
  expect(textsOf('fuck 12fu ckf34 ck')).toEqual(['ckf34ck', '12fuckf34ck', 'fuck12fuckf34ck'])
  expect(textsOf('fuck 12fu ckf34 uck')).toEqual(['ckf34uck', '12fuckf34uck'])
})

test('the whole of a spelled word is a join too, however long its last fragment', () => {
  const joins = joinsOfAll('가 나 다 라 마 바 사 nope')
  const texts = joins.map(({ text }) => text)

  expect(joins[0]?.within).toBe('가나다라마바사nope')
  expect(joins.filter(({ within }) => within !== undefined && !texts.includes(within))).toEqual([])
})

test('eight messages make at most 21 joins', () => {
  expect(joinsOfAll('가 나나 a bb 다 라라 c 마').length).toBeLessThanOrEqual(21)
  expect(joinsOfAll('가 나 다 라 마 바 사 아')).toHaveLength(7)
})
