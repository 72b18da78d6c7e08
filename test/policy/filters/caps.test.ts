import { expect, test } from 'vitest'
import { DEFAULT_CAPS, findCaps } from '../../../src/policy/filters/caps.js'
import { textOf } from './says.js'

const LIMITS = { minLetters: 8, share: 0.5 }
const find = (text: string, emote?: string) => findCaps(textOf(text, emote), LIMITS)

test('capitals are evidence from the share of the limit on, and score more with a larger one', () => {
  expect(find('ABCDEFG hijklmno')).toBeNull()
  expect(find('ABCDEFGH ijklmnopq')).toBeNull()
  expect(find('ABCDEFGH ijklmnop')).toEqual({ filter: 'caps', score: 0.5, value: 0.5, limit: 0.5 })
  expect(find('ABCDEFGH ijkl')).toMatchObject({ score: 0.667, value: 0.667 })
  expect(find('ABCDEFGH')).toMatchObject({ score: 1, value: 1 })
})

test('fewer capitals than a shout has are none', () => {
  expect(find('ABCDEFG')).toBeNull()
})

test('Hangul has no case, and counts as quiet', () => {
  expect(find('ㅋㅋㅋ 와 진짜 대박이다 지금')).toBeNull()
  expect(find('새로 산 GEFORCE RTX 이거 진짜 좋네 완전 추천')).toBeNull()
})

test('full-width and accented capitals shout too', () => {
  expect(find('ＡＢＣＤＥＦＧＨ')).toMatchObject({ value: 1 })
  expect(find('ÀÉÎÕÜÇÑØ')).toMatchObject({ value: 1 })
})

test('a word that is said again, or a stretched letter, does not make a line long', () => {
  expect(find('KEKW KEKW KEKW KEKW')).toBeNull()
  expect(find('NOOOOOOOOOOOOOOOO')).toBeNull()
})

test('emotes, links and names are not shouted', () => {
  expect(find('PogCHAMPION PogCHAMPION', 'PogCHAMPION')).toBeNull()
  expect(find('@SOMEBODYLOUD HTTPS://EXAMPLE.COM/ABCDEFGHIJK')).toBeNull()
})

test('by default a sentence in capitals is a shout', () => {
  expect(findCaps(textOf('WHY WOULD YOU EVER BUY THAT ITEM'), DEFAULT_CAPS)).not.toBeNull()
  expect(findCaps(textOf('GG WP EVERYONE'), DEFAULT_CAPS)).toBeNull()
})
