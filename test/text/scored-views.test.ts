import { expect, test } from 'vitest'
import { scoredViews } from '../../src/text/scored-views.js'
import { renderText } from '../../src/text/special-tokens.js'
import type { View } from '../../src/text/views.js'
import { mapped } from './texts.js'

const scored = (...views: readonly View[]) =>
  scoredViews(views).map(({ name, passages, windows }) => [
    name,
    ...[...passages, ...windows].map(renderText),
  ])

test('each view is scored whole and by its windows', () => {
  const views: readonly View[] = [
    { name: 'canonical', text: mapped('하나 둘 셋 넷 다섯') },
    { name: 'joined', text: mapped('하나둘셋넷 다섯') },
  ]

  expect(scored(...views)).toEqual([
    ['canonical', '하나 둘 셋 넷 다섯', '하나 둘 셋 넷', '둘 셋 넷 다섯'],
    ['joined', '하나둘셋넷 다섯'],
  ])
})

test('a long text is scored in passages, which begin and end at words', () => {
  const text = mapped('가나다 '.repeat(20).trim())
  const found = scoredViews([{ name: 'canonical', text }])[0]

  expect(found?.text).toBe(text)
  expect(found?.passages.map(renderText)).toEqual([
    '가나다 '.repeat(12).trim(),
    '가나다 '.repeat(12).trim(),
    '가나다 '.repeat(8).trim(),
  ])
})

test('where the canonical view is a lone letter no view is scored', () => {
  expect(scored({ name: 'canonical', text: mapped('시') }, { name: 'raw', text: mapped('ㅅㅣ') })).toEqual([])
})

test('another view that is a lone letter is left out alone', () => {
  const views: readonly View[] = [
    { name: 'canonical', text: mapped('ㅅ ㅣ') },
    { name: 'joined', text: mapped('시') },
  ]

  expect(scored(...views)).toEqual([['canonical', 'ㅅ ㅣ']])
})

test('no views, nothing to score', () => {
  expect(scored()).toEqual([])
})
