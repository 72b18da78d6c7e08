import { expect, test } from 'vitest'
import { findEmotes } from '../../../src/policy/filters/emotes.js'
import { textOf } from './says.js'

const find = (text: string) => findEmotes(textOf(text, 'haruLove'), { minEmotes: 4, share: 0.8 })
const four = 'haruLove haruLove haruLove haruLove'

test('emotes are evidence from their share among the words on', () => {
  expect(find(`${four} 오늘 방송`)).toBeNull()
  expect(find(`${four} 오늘`)).toEqual({ filter: 'emotes', score: 0.5, value: 0.8, limit: 0.8 })
  expect(find(four)).toMatchObject({ score: 1, value: 1 })
})

test('fewer than the limit are none, whatever their share', () => {
  expect(find('haruLove haruLove haruLove')).toBeNull()
})

test('the name of an emote that the source does not mark is a word', () => {
  expect(find('haruRage haruRage haruRage haruRage')).toBeNull()
})

test('emoji count as emotes, a sequence as one', () => {
  expect(find('😀😀👍🏽🇰🇷')).toMatchObject({ value: 1 })
  expect(find('👩‍👩‍👧👩‍👩‍👧❤️')).toBeNull()
})
